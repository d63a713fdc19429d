//! The language of search: a field, an operator, values (contract/rest.md §5).
//!
//! A field is a column of a table below, so that its text is a literal; values are always bound. What a
//! request may ask is decided here as well, so that nothing is asked that cannot be stated.

use crate::{
    Arg,
    filter::{Filter, Index, like_part, pattern},
};
use g8_domain::{
    record::{Operator, Subject},
    value::{day, fold},
};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A text, compared as it is written.
    Text,
    /// A text, compared in small letters; its parts are in a trigram index.
    Folded,
    /// A whole number.
    Number,
    /// A list of texts.
    Texts,
    /// A custom field of numbers.
    CustomNumber,
    /// A custom field of days, which order as texts.
    CustomDate,
    /// Any other custom field.
    CustomText,
}

/// A field that can be searched.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    column: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    index: Index,
    /// A folded column that has its text as a part, and an index.
    within: Option<&'static str>,
}

const fn field(name: &'static str, column: &'static str, kind: FieldKind) -> Field {
    let index = match kind {
        FieldKind::Folded => Index::Own,
        _ => Index::No,
    };
    Field { name, column, kind, index, within: None }
}

const fn of_company(name: &'static str, column: &'static str, kind: FieldKind) -> Field {
    let index = match kind {
        FieldKind::Folded => Index::Company,
        _ => Index::No,
    };
    Field { name, column, kind, index, within: None }
}

/// A part of a contact's whole name.
const fn of_name(name: &'static str, column: &'static str) -> Field {
    Field { name, column, kind: FieldKind::Folded, index: Index::Own, within: Some("c.name_fold") }
}

/// Contact fields of the contract. The last ones are known and kept nowhere yet: they are empty.
const CONTACT: &[Field] = &[
    of_name("first_name", "c.first_name_fold"),
    of_name("last_name", "c.last_name_fold"),
    field("work_email", "c.work_email", FieldKind::Text),
    field("personal_emails", "c.personal_emails", FieldKind::Texts),
    field("direct_phone", "c.direct_phone", FieldKind::Text),
    field("mobile_phone", "c.mobile_phone", FieldKind::Text),
    field("job_title", "c.job_title_fold", FieldKind::Folded),
    field("job_department", "c.job_department_fold", FieldKind::Folded),
    field("seniority_level", "c.seniority_level", FieldKind::Text),
    field("linkedin_url", "c.linkedin_url", FieldKind::Text),
    field("city", "c.city_fold", FieldKind::Folded),
    field("state", "c.state", FieldKind::Text),
    field("country", "c.country", FieldKind::Text),
    field("confidence_score", "c.confidence_score", FieldKind::Number),
    of_company("company_name", "co.name_fold", FieldKind::Folded),
    of_company("company_domain", "co.domain", FieldKind::Text),
    of_company("company_industry", "co.industry_fold", FieldKind::Folded),
    of_company("company_employee_count", "co.employee_count", FieldKind::Number),
    of_company("company_country", "co.country", FieldKind::Text),
    of_company("company_state", "co.state", FieldKind::Text),
    of_company("company_city", "co.city_fold", FieldKind::Folded),
    of_company("company_revenue", "co.revenue", FieldKind::Number),
    of_company("company_founded_year", "co.founded_year", FieldKind::Number),
    field("role", "CAST(NULL AS TEXT)", FieldKind::Text),
    field("gender", "CAST(NULL AS TEXT)", FieldKind::Text),
    field("skills", "CAST(NULL AS TEXT)", FieldKind::Text),
    field("education_degree", "CAST(NULL AS TEXT)", FieldKind::Text),
    field("education_field", "CAST(NULL AS TEXT)", FieldKind::Text),
    field("education_university_name", "CAST(NULL AS TEXT)", FieldKind::Text),
];

const COMPANY: &[Field] = &[
    field("name", "co.name_fold", FieldKind::Folded),
    field("domain", "co.domain", FieldKind::Text),
    field("website", "co.website", FieldKind::Text),
    field("description", "co.description_fold", FieldKind::Folded),
    field("industry", "co.industry_fold", FieldKind::Folded),
    field("industry_group", "co.industry_group", FieldKind::Text),
    field("employee_count", "co.employee_count", FieldKind::Number),
    field("revenue", "co.revenue", FieldKind::Number),
    field("founded_year", "co.founded_year", FieldKind::Number),
    field("country", "co.country", FieldKind::Text),
    field("state", "co.state", FieldKind::Text),
    field("city", "co.city_fold", FieldKind::Folded),
    field("phone", "co.phone", FieldKind::Text),
    field("linkedin_url", "co.linkedin_url", FieldKind::Text),
    field("linkedin_followers", "co.linkedin_followers", FieldKind::Number),
];

/// The fields of a subject.
#[must_use]
pub fn fields(subject: Subject) -> &'static [Field] {
    match subject {
        Subject::Contact => CONTACT,
        Subject::Company => COMPANY,
    }
}

/// A field of a subject's records, or one of its custom fields.
#[derive(Debug, Clone, Copy)]
pub enum SearchField {
    /// One of [`fields`].
    Own(Field),
    /// The custom field of this id; of a contact, or else of a company.
    Custom {
        /// Its id.
        column: i64,
        /// Whose it is.
        subject: Subject,
        /// [`FieldKind::CustomNumber`], [`FieldKind::CustomDate`] or [`FieldKind::CustomText`].
        kind: FieldKind,
    },
}

/// One condition.
#[derive(Debug, Clone)]
pub struct SearchCondition {
    place: SearchField,
    operator: Operator,
    texts: Vec<String>,
    numbers: Vec<f64>,
}

impl SearchCondition {
    /// A condition that can be asked of this place.
    ///
    /// # Errors
    /// What is wrong with it, worded to follow the name of its value.
    pub fn new(place: SearchField, operator: Operator, texts: Vec<String>) -> Result<Self, String> {
        let kind = match place {
            SearchField::Own(field) => field.kind,
            SearchField::Custom { kind, .. } => kind,
        };
        let numeric = matches!(kind, FieldKind::Number | FieldKind::CustomNumber);
        let wants = match operator {
            Operator::IsEmpty | Operator::IsNotEmpty | Operator::Exists => {
                return Ok(Self { place, operator, texts: Vec::new(), numbers: Vec::new() });
            }
            Operator::Between if kind == FieldKind::CustomDate => Some(2),
            Operator::Between if !numeric => {
                return Err("holds no numbers, which `between` compares".to_owned());
            }
            Operator::Between => Some(2),
            Operator::Contains if numeric => {
                return Err("holds numbers, which have no parts; use between".to_owned());
            }
            _ => None,
        };
        if texts.is_empty() || wants.is_some_and(|wants| wants != texts.len()) {
            return Err(if wants.is_some() { "needs two values, the lower first" } else { "needs a value" }
                .to_owned());
        }
        let texts = if operator == Operator::Between && kind == FieldKind::CustomDate {
            let days = texts.iter().map(|text| day(text)).collect::<Result<Vec<_>, _>>();
            days.map_err(|_| "holds days; write them as 2026-12-31".to_owned())?
        } else {
            texts
        };
        let numbers =
            texts.iter().filter_map(|text| text.trim().parse().ok().filter(|n: &f64| n.is_finite()));
        let numbers: Vec<f64> = if numeric { numbers.collect() } else { Vec::new() };
        if numeric && numbers.len() != texts.len() {
            return Err("holds numbers; write them with digits".to_owned());
        }
        Ok(Self { place, operator, texts, numbers })
    }
}

/// Adds a condition to a list's.
pub(crate) fn narrow(mut filter: Filter, condition: SearchCondition) -> Filter {
    match condition.place {
        SearchField::Own(field) => {
            if let (Operator::Contains, [one]) = (condition.operator, condition.texts.as_slice()) {
                filter.expect(one, field.index);
            }
            let (text, args) = state(field.column, field.kind, &condition);
            let filter = filter.and_built(&text, args);
            match field.within.filter(|_| condition.operator == Operator::Contains) {
                Some(within) => {
                    let (text, args) = state(within, field.kind, &condition);
                    filter.and_built(&text, args)
                }
                None => filter,
            }
        }
        SearchField::Custom { column, subject, kind } => {
            let record = if subject == Subject::Contact { "c.id" } else { "co.id" };
            // A record without the field has no row: its absence is asked from outside.
            let absent = matches!(condition.operator, Operator::IsEmpty | Operator::NoneOf);
            let inside = match condition.operator {
                Operator::IsEmpty => Operator::IsNotEmpty,
                Operator::NoneOf => Operator::AnyOf,
                operator => operator,
            };
            let value =
                if kind == FieldKind::CustomNumber { "CAST(v.value AS DOUBLE PRECISION)" } else { "v.value" };
            let (text, args) = state(value, kind, &SearchCondition { operator: inside, ..condition });
            let exists = if absent { "NOT EXISTS" } else { "EXISTS" };
            let text = format!(
                "{exists} (SELECT 1 FROM custom_values v WHERE v.record_id = {record} AND v.column_id = ? AND {text})"
            );
            filter.and_built(&text, std::iter::once(Arg::from(column)).chain(args).collect())
        }
    }
}

/// A condition on a column as text, `?` standing for each value, and the values.
fn state(column: &str, kind: FieldKind, condition: &SearchCondition) -> (String, Vec<Arg>) {
    let numeric = matches!(kind, FieldKind::Number | FieldKind::CustomNumber);
    let values: Vec<Arg> = match kind {
        _ if numeric => condition.numbers.iter().copied().map(Arg::from).collect(),
        FieldKind::Folded => condition.texts.iter().map(|text| Arg::from(fold(text))).collect(),
        _ => condition.texts.iter().map(Arg::from).collect(),
    };
    let marks = vec!["?"; values.len()].join(", ");
    let empty = match kind {
        FieldKind::Number | FieldKind::CustomNumber => format!("{column} IS NULL"),
        FieldKind::Texts => format!("CAST({column} AS TEXT) = '[]'"),
        _ => format!("({column} IS NULL OR {column} = '')"),
    };
    match condition.operator {
        Operator::IsEmpty => (empty, Vec::new()),
        Operator::IsNotEmpty | Operator::Exists => (format!("NOT {empty}"), Vec::new()),
        Operator::Between => (format!("{column} BETWEEN ? AND ?"), values),
        Operator::AnyOf if kind == FieldKind::Texts => members(column, condition, " OR "),
        Operator::AllOf if kind == FieldKind::Texts => members(column, condition, " AND "),
        Operator::NoneOf if kind == FieldKind::Texts => {
            let (text, args) = members(column, condition, " OR ");
            (format!("NOT {text}"), args)
        }
        Operator::AnyOf => (format!("{column} IN ({marks})"), values),
        Operator::NoneOf => (format!("({column} IS NULL OR {column} NOT IN ({marks}))"), values),
        Operator::AllOf => {
            let equal = vec![format!("{column} = ?"); values.len()].join(" AND ");
            (format!("({equal})"), values)
        }
        Operator::Contains => {
            let (column, parts): (_, Vec<String>) = match kind {
                // What is folded is stored so.
                FieldKind::Folded => {
                    (column.to_owned(), condition.texts.iter().map(|text| fold(text)).collect())
                }
                FieldKind::Texts => (format!("LOWER(CAST({column} AS TEXT))"), cases(&condition.texts)),
                _ => (format!("LOWER({column})"), cases(&condition.texts)),
            };
            let like = vec![format!("{column} LIKE ? ESCAPE '\\'"); parts.len()].join(" OR ");
            (format!("({like})"), parts.iter().map(|part| Arg::from(like_part(part))).collect())
        }
    }
}

/// The ways in which these texts may be written in what is not stored folded: the engines make small letters of ASCII's
/// for sure, and of others as the database was set up. `Österreich` is found by `österreich` and the other way round.
fn cases(texts: &[String]) -> Vec<String> {
    let capital = |text: &str| {
        let mut letters = text.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    let ways = |text: &String| {
        let small = fold(text);
        let mut ways = vec![
            text.to_ascii_lowercase(),
            text.to_uppercase().to_ascii_lowercase(),
            capital(&small).to_ascii_lowercase(),
            small,
        ];
        ways.sort_unstable();
        ways.dedup();
        ways
    };
    texts.iter().flat_map(ways).collect()
}

/// Whether a list of texts has these members, by its JSON text.
fn members(column: &str, condition: &SearchCondition, and: &str) -> (String, Vec<Arg>) {
    let quoted = |text: &String| serde_json::Value::from(fold(text)).to_string();
    let like = vec![format!("CAST({column} AS TEXT) LIKE ? ESCAPE '\\'"); condition.texts.len()].join(and);
    (format!("({like})"), condition.texts.iter().map(|text| Arg::from(pattern(&quoted(text)))).collect())
}
