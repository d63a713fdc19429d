//! The words for what happened: published names, their categories, and Topo's.

use crate::events::{Kind, kind, vocabulary};
use g8_domain::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an activity is of, in Topo's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schemars(inline)]
pub enum ResourceType {
    /// A message.
    Message,
    /// An invitation to connect.
    Invitation,
    /// Somebody who is interested.
    HotLead,
    /// A meeting.
    Meeting,
    /// A step of a sequence.
    SequenceStep,
    /// A sequence.
    Sequence,
    /// A task.
    Task,
}

impl ResourceType {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Message, "message"),
        (Self::Invitation, "invitation"),
        (Self::HotLead, "hot_lead"),
        (Self::Meeting, "meeting"),
        (Self::SequenceStep, "sequence_step"),
        (Self::Sequence, "sequence"),
        (Self::Task, "task"),
    ];

    /// The one whose events are called so.
    pub fn of(category: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == category).map(|(one, _)| one)
    }

    /// The part of its events' names before the dot.
    pub fn category(self) -> &'static str {
        Self::ALL.into_iter().find(|(one, _)| *one == self).map_or("", |(_, category)| category)
    }
}

/// The way something went over, in Topo's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum Way {
    /// E-mail.
    Email,
    /// LinkedIn.
    Linkedin,
    /// By hand.
    Manual,
}

impl Way {
    /// The word as stored and sent.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Linkedin => "LINKEDIN",
            Self::Manual => "MANUAL",
        }
    }
}

/// The names of events that a word means: a published name, in any spelling, a category, or what happened
/// whatever it happened to (Topo's `REPLIED`).
pub fn meant(word: &str) -> Vec<&'static str> {
    let word = word.trim().to_lowercase();
    if let Some(kind) = kind(&word) {
        return vec![kind.name];
    }
    let is = |kind: &&Kind| kind.category() == word || happened(kind.name) == word;
    vocabulary().iter().filter(is).map(|kind| kind.name).collect()
}

/// The names of the events of a category.
pub fn of_category(category: &str) -> Vec<&'static str> {
    vocabulary().iter().filter(|kind| kind.category() == category).map(|kind| kind.name).collect()
}

/// The part of a name behind the dot.
pub fn happened(name: &str) -> &str {
    name.split_once('.').map_or(name, |(_, happened)| happened)
}

/// A name as a line: `list.members_added` is `List members added`.
pub fn line(name: &str) -> String {
    let text = name.replace(['.', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The scopes any of which opens what an event of a category says; none opens what nobody has named.
pub fn readers(category: &str) -> Vec<Scope> {
    let other = match category {
        "company" => "companies:read",
        "list" => "lists:read",
        "stage" => "pipelines:read",
        "meeting" | "message" | "invitation" | "hot_lead" | "engagement" => "contacts:read",
        "sequence_step" => "sequences:read",
        _ => "",
    };
    let own = format!("{category}s:read");
    let opens = |scope: &Scope| scope.0 == own || scope.0 == other;
    g8_domain::scope::CATALOGUE.iter().map(|(scope, _)| *scope).filter(opens).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_the_events_they_mean() {
        assert_eq!(meant("contact.created"), ["contact.created"]);
        assert_eq!(meant("contact_created"), ["contact.created"]);
        assert!(meant("task").contains(&"task.completed"));
        assert!(meant("CREATED").contains(&"company.created"));
        assert!(meant("shoes").is_empty());
        assert_eq!(line("list.members_added"), "List members added");
    }

    #[test]
    fn every_kind_of_event_has_somebody_who_may_read_it() {
        for kind in vocabulary() {
            assert!(!readers(kind.category()).is_empty(), "{}", kind.name);
        }
    }
}
