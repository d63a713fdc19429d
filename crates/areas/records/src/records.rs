//! Which records an operation on both kinds is about, and who may.

use g8_core::Ctx;
use g8_domain::{Result, Scope, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// People or companies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Records {
    /// People.
    #[default]
    Contacts,
    /// Companies.
    Companies,
}

impl Records {
    /// One of them.
    #[must_use]
    pub fn subject(self) -> Subject {
        match self {
            Self::Contacts => Subject::Contact,
            Self::Companies => Subject::Company,
        }
    }

    /// Those of a subject.
    #[must_use]
    pub fn of(subject: Subject) -> Self {
        match subject {
            Subject::Contact => Self::Contacts,
            Subject::Company => Self::Companies,
        }
    }

    /// Refuses a caller who may not read them.
    pub(crate) fn readable(self, ctx: &Ctx) -> Result<()> {
        ctx.caller.require(match self {
            Self::Contacts => &[Scope::CONTACTS_READ],
            Self::Companies => &[Scope::COMPANIES_READ],
        })
    }

    /// Refuses a caller who may not write them.
    pub(crate) fn writable(self, ctx: &Ctx) -> Result<()> {
        ctx.caller.require(match self {
            Self::Contacts => &[Scope::CONTACTS_WRITE],
            Self::Companies => &[Scope::COMPANIES_WRITE],
        })
    }
}
