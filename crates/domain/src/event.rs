//! What an event is about. The kinds of events are declared where their payloads are, in the service.

use std::fmt;
use uuid::Uuid;

/// A record that an event is about, as it is stored: `contact:5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ref {
    /// A person.
    Contact(i64),
    /// A company.
    Company(i64),
    /// A list.
    List(i64),
    /// A deal.
    Deal(Uuid),
    /// A task.
    Task(Uuid),
    /// An exclusion.
    Exclusion(Uuid),
    /// One contact's run through a sequence, or the sequence.
    Sequence(Uuid),
    /// A meeting.
    Meeting(Uuid),
    /// A record of an area whose nouns need not be known here.
    Other {
        /// What it is: `invoice`.
        noun: &'static str,
        /// Which one.
        id: Uuid,
    },
    /// Nothing that is there: a sample.
    Sample,
}

impl Ref {
    /// Whether a stored subject is that of a sample.
    #[must_use]
    pub fn is_sample(subject: &str) -> bool {
        subject == Self::Sample.to_string()
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contact(id) => write!(f, "contact:{id}"),
            Self::Company(id) => write!(f, "company:{id}"),
            Self::List(id) => write!(f, "list:{id}"),
            Self::Deal(id) => write!(f, "deal:{id}"),
            Self::Task(id) => write!(f, "task:{id}"),
            Self::Exclusion(id) => write!(f, "exclusion:{id}"),
            Self::Sequence(id) => write!(f, "sequence:{id}"),
            Self::Meeting(id) => write!(f, "meeting:{id}"),
            Self::Other { noun, id } => write!(f, "{noun}:{id}"),
            Self::Sample => f.write_str("sample"),
        }
    }
}
