//! How other programs spell the names of fields.

/// Spellings seen in exports, letters and digits only, small. The first that fits wins.
pub const CONTACT: &[(&str, &[&str])] = &[
    (
        "work_email",
        &[
            "email",
            "emailaddress",
            "workemail",
            "businessemail",
            "primaryemail",
            "mail",
            "emailwork",
            "contactemail",
            "epost",
            "correo",
        ],
    ),
    ("first_name", &["firstname", "givenname", "first", "vorname", "prenom", "nombre", "forename"]),
    ("last_name", &["lastname", "surname", "familyname", "last", "nachname", "nom", "apellido", "apellidos"]),
    ("job_title", &["jobtitle", "title", "position", "role", "funktion", "poste", "cargo", "headline"]),
    ("job_department", &["jobdepartment", "department", "dept", "abteilung"]),
    ("seniority_level", &["senioritylevel", "seniority", "managementlevel"]),
    (
        "company_name",
        &[
            "companyname",
            "company",
            "organization",
            "organisation",
            "account",
            "accountname",
            "employer",
            "firma",
            "societe",
            "empresa",
            "companyaccount",
        ],
    ),
    (
        "company_domain",
        &[
            "companydomain",
            "website",
            "domain",
            "web",
            "companywebsite",
            "url",
            "webseite",
            "companyurl",
            "homepage",
        ],
    ),
    (
        "direct_phone",
        &["directphone", "phone", "telephone", "phonenumber", "workphone", "businessphone", "telefon", "tel"],
    ),
    ("mobile_phone", &["mobilephone", "mobile", "cell", "cellphone", "handy", "mobil", "mobilenumber"]),
    (
        "linkedin_url",
        &[
            "linkedinurl",
            "linkedin",
            "linkedinprofile",
            "personlinkedinurl",
            "linkedinprofileurl",
            "liprofile",
        ],
    ),
    ("twitter_url", &["twitterurl", "twitter"]),
    ("facebook_url", &["facebookurl", "facebook"]),
    ("personal_emails", &["personalemail", "personalemails", "privateemail", "otheremail", "secondaryemail"]),
    ("city", &["city", "town", "ort", "stadt", "ville", "ciudad"]),
    ("state", &["state", "region", "province", "stateregion", "bundesland"]),
    ("country", &["country", "countryregion", "land", "pays", "pais"]),
    ("about", &["about", "notes", "note", "comment", "comments", "bemerkung"]),
];


/// The same of companies.
pub const COMPANY: &[(&str, &[&str])] = &[
    ("name", &["name", "company", "companyname", "account", "accountname", "organization", "organisation", "firma"]),
    ("domain", &["domain", "companydomain", "companydomainname", "web", "webseite"]),
    ("website", &["website", "url", "websiteurl", "homepage", "companywebsite"]),
    ("description", &["description", "about", "aboutus", "beschreibung", "notes"]),
    ("industry", &["industry", "sector", "branche"]),
    (
        "employee_count",
        &["employeecount", "employees", "numberofemployees", "noofemployees", "headcount", "companysize", "mitarbeiter"],
    ),
    ("revenue", &["revenue", "annualrevenue", "yearlyrevenue", "umsatz"]),
    ("founded_year", &["foundedyear", "yearfounded", "founded"]),
    ("phone", &["phone", "phonenumber", "telephone", "telefon", "tel"]),
    ("address", &["address", "street", "streetaddress", "billingstreet", "strasse"]),
    ("city", &["city", "town", "ort", "stadt", "ville", "billingcity"]),
    ("state", &["state", "region", "province", "stateregion", "bundesland", "billingstate"]),
    ("country", &["country", "countryregion", "land", "pays", "billingcountry"]),
    ("zip", &["zip", "postalcode", "zipcode", "postcode", "plz", "billingpostalcode"]),
    (
        "linkedin_url",
        &["linkedinurl", "linkedin", "linkedincompanypage", "companylinkedinurl", "linkedincompanypageurl"],
    ),
    ("linkedin_followers", &["linkedinfollowers", "followers"]),
];
