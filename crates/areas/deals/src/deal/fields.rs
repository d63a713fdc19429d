//! The fields of a deal that a caller can write, and what they must look like.

use g8_domain::{
    Issue, Patch,
    record::Deal,
    value::{self, Money},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What can be written of a deal beside its name. A field left out stays; `null` or an empty text clears it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DealFields {
    /// What it is about
    #[schemars(length(max = 10_000))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// What it is worth, in units of the currency, with at most 2 decimals
    #[schemars(range(min = -1_000_000_000_000_i64, max = 1_000_000_000_000_i64), extend("x-alias" = ["value"]))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub amount: Patch<f64>,
    /// Three letters, as EUR; a new deal is in USD unless given
    #[schemars(length(min = 3, max = 3))]
    pub currency: Option<String>,
    /// Stage it is in; a new deal begins in the first one
    pub stage_id: Option<Uuid>,
    /// Pipeline it is in, if not that of the stage; a new deal goes into the default one
    pub pipeline_id: Option<Uuid>,
    /// Company it is with
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub company_id: Patch<i64>,
    /// Whose it is: a user's id or e-mail address
    #[schemars(length(max = 254))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub owner_id: Patch<String>,
    /// The day it is expected to close, as 2026-12-31
    #[schemars(length(max = 40))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub close_date: Patch<String>,
}

/// The same in the form they are stored in.
#[derive(Debug, Clone, Default)]
pub(super) struct Checked {
    pub name: Option<String>,
    pub description: Patch<String>,
    pub amount: Patch<i64>,
    pub currency: Option<String>,
    pub stage_id: Option<Uuid>,
    pub pipeline_id: Option<Uuid>,
    pub company_id: Patch<i64>,
    pub owner_id: Patch<String>,
    pub close_date: Patch<String>,
}

impl DealFields {
    /// The fields as they are stored, with the name; faults go to `issues`.
    pub(super) fn checked(self, name: Option<String>, issues: &mut Vec<Issue>) -> Checked {
        let name = name.map(|name| name.trim().to_owned());
        if name.as_deref() == Some("") {
            issues.push(Issue::new("name", "must not be empty"));
        }
        let amount = canonical("amount", self.amount, |units| Money::of(units).map(|money| money.0), issues);
        let close_date = canonical("close_date", self.close_date.trimmed(), |day| value::day(&day), issues);
        let currency = self.currency.map(|currency| currency.to_uppercase());
        if currency.as_ref().is_some_and(|word| !word.bytes().all(|letter| letter.is_ascii_uppercase())) {
            issues.push(Issue::new("currency", "must be three letters like EUR"));
        }
        Checked {
            name,
            description: self.description.trimmed(),
            amount,
            currency,
            stage_id: self.stage_id,
            pipeline_id: self.pipeline_id,
            company_id: self.company_id,
            owner_id: self.owner_id.trimmed(),
            close_date,
        }
    }
}

fn canonical<T, U>(
    field: &str,
    given: Patch<T>,
    form: impl FnOnce(T) -> Result<U, String>,
    issues: &mut Vec<Issue>,
) -> Patch<U> {
    match given {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(value) => form(value).map_or_else(
            |problem| {
                issues.push(Issue::new(field, problem));
                Patch::Keep
            },
            Patch::Set,
        ),
    }
}

impl Checked {
    /// Whether it says in which stage or pipeline the deal is to be.
    pub fn places(&self) -> bool {
        self.stage_id.is_some() || self.pipeline_id.is_some()
    }

    /// Whether it says anything else.
    pub fn changes(&self) -> bool {
        self.name.is_some()
            || self.currency.is_some()
            || !self.description.is_keep()
            || !self.amount.is_keep()
            || !self.company_id.is_keep()
            || !self.owner_id.is_keep()
            || !self.close_date.is_keep()
    }

    /// Writes everything but the place into a deal.
    pub fn apply(self, deal: &mut Deal) {
        if let Some(name) = self.name {
            deal.name = name;
        }
        if let Some(currency) = self.currency {
            deal.currency = currency;
        }
        self.description.apply(&mut deal.description);
        self.amount.apply(&mut deal.amount);
        self.company_id.apply(&mut deal.company_id);
        self.owner_id.apply(&mut deal.owner_id);
        self.close_date.apply(&mut deal.close_date);
    }
}
