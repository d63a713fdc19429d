//! Who is not to be written to.

use super::words;
use crate::Ts;
use uuid::Uuid;

words! {
    /// Whom an exclusion was made for.
    ExclusionKind {
        /// One person.
        Contact = "contact",
        /// Everybody at a domain.
        Account = "account",
    }
}

words! {
    /// The ways to somebody that an exclusion closes.
    Channel {
        /// Every way.
        All = "all",
        /// E-mail.
        Email = "email",
        /// Calls and short messages.
        Phone = "phone",
        /// LinkedIn.
        Linkedin = "linkedin",
    }
}

impl Channel {
    /// Whether an exclusion on this channel closes that way.
    #[must_use]
    pub fn covers(self, way: Self) -> bool {
        self == Self::All || self == way
    }
}

words! {
    /// Why somebody is excluded (contract/platform.md §9).
    Reason {
        /// They unsubscribed.
        Unsubscribed = "UNSUBSCRIBED",
        /// They said no.
        ContactRefused = "CONTACT_REFUSED",
        /// The address does not exist.
        Bounced = "BOUNCED",
        /// It is somebody else.
        WrongPerson = "WRONG_PERSON",
        /// They work elsewhere now.
        LeftCompany = "LEFT_COMPANY",
        /// Not now.
        BadTiming = "BAD_TIMING",
        /// They are away.
        OutOfOffice = "OUT_OF_OFFICE",
        /// A meeting is arranged.
        Meeting = "MEETING",
        /// They are interested: a person goes on.
        Interested = "INTERESTED",
        /// They work for a competitor.
        Competitor = "COMPETITOR",
        /// They named somebody else.
        Referral = "REFERRAL",
        /// Not to be found in searches.
        ExcludeFromSearch = "EXCLUDE_FROM_SEARCH",
        /// The CRM says so.
        ExcludeFromCrm = "EXCLUDE_FROM_CRM",
        /// Another reason; the message may tell.
        Other = "OTHER",
        /// Nobody knows.
        Unknown = "UNKNOWN",
    }
}

words! {
    /// Who wanted it, which decides who may lift it.
    Category {
        /// The person: not to be lifted by the organization.
        ContactInitiated = "contact_initiated",
        /// The organization: it may lift it.
        OrgInitiated = "org_initiated",
        /// The machinery, as after a bounce.
        System = "system",
    }
}

impl Reason {
    /// Who wants an exclusion for this reason (contract/platform.md B9).
    #[must_use]
    pub fn category(self) -> Category {
        match self {
            Self::Unsubscribed | Self::ContactRefused => Category::ContactInitiated,
            Self::Bounced => Category::System,
            _ => Category::OrgInitiated,
        }
    }
}

/// An exclusion as stored. Whoever has one of its names is excluded.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    pub id: Uuid,
    pub org_id: Uuid,
    pub kind: ExclusionKind,
    pub email: Option<String>,
    pub linkedin_url: Option<String>,
    pub phone: Option<String>,
    pub contact_id: Option<i64>,
    pub domain: Option<String>,
    pub channel: Channel,
    pub reason: Reason,
    pub category: Category,
    /// When it ends by itself.
    pub until: Option<Ts>,
    pub message: Option<String>,
    pub created_by: Option<String>,
    pub created_at: Ts,
    pub updated_at: Ts,
}

impl Exclusion {
    /// Its names, as senders ask for them.
    #[must_use]
    pub fn subjects(&self) -> Vec<String> {
        let named = |kind: &str, name: &Option<String>| name.as_ref().map(|name| format!("{kind}:{name}"));
        let names = [
            named("email", &self.email),
            named("linkedin", &self.linkedin_url),
            named("phone", &self.phone),
            self.contact_id.map(|id| format!("contact:{id}")),
            named("domain", &self.domain),
        ];
        names.into_iter().flatten().collect()
    }

    /// Whom, how and why in one text: two exclusions that say the same have the same.
    #[must_use]
    pub fn mark(&self) -> String {
        format!("{} {} {}", self.channel.word(), self.reason.word(), self.subjects().join(" "))
    }

    /// Whether it holds at this moment.
    #[must_use]
    pub fn holds(&self, now: Ts) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}
