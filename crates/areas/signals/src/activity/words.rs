//! The words for what happened: published names, their categories, and Topo's.

use g8_core::{EventKind, events::Vocabulary};
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
pub fn meant(vocabulary: &Vocabulary, word: &str) -> Vec<&'static str> {
    let word = word.trim().to_lowercase();
    if let Some(kind) = vocabulary.kind(&word) {
        return vec![kind.name];
    }
    let is = |kind: &&EventKind| kind.category() == word || happened(kind.name) == word;
    vocabulary.kinds().filter(is).map(|kind| kind.name).collect()
}

/// The names of the events of a category.
pub fn of_category(vocabulary: &Vocabulary, category: &str) -> Vec<&'static str> {
    vocabulary.kinds().filter(|kind| kind.category() == category).map(|kind| kind.name).collect()
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
