//! An area of the product as data: what it offers, says, does, keeps and forgets. Nothing outside lists what an area
//! has; the engines read it from here.

use crate::{Action, App, JobKind, events::EventKind};
use futures_util::future::BoxFuture;
use g8_domain::{Result, Scope, Ts};
use g8_storage::{Tx, privacy};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Everything that an area brings to the product. `g8-product` lists them.
pub struct Area {
    /// Its name, as its folder under `crates/areas` has it.
    pub name: &'static str,
    /// Its operations, in the order in which they are shown.
    pub operations: &'static [Action],
    /// Where its nouns stand among all of the API: a number for each, the smallest first. A noun that is not named
    /// stands at the end.
    pub order: &'static [(&'static str, u16)],
    /// The kinds of events that it says.
    pub events: &'static [EventKind],
    /// The kinds of background jobs that it does.
    pub jobs: &'static [JobKind],
    /// Permissions of its own beside those of [`g8_domain::scope::CATALOGUE`], and what each allows.
    pub scopes: &'static [(Scope, &'static str)],
    /// Which scope opens what events of a category say, where it is not the category's own `…s:read`.
    pub readers: &'static [(&'static str, Scope)],
    /// What it deletes once that is past its time. Required, so that keeping for good is a decision.
    pub retain: Retain,
    /// What it keeps of people. Required, so that keeping nothing is a statement.
    pub person: PersonalData,
}

/// Deletes at most about `limit` rows that are past their time; says how many. `now` is the trusted time, which no
/// leaping clock moves: what is deleted stays deleted.
pub type Forget = for<'a> fn(app: &'a App, tx: &'a mut Tx, now: Ts, limit: i64) -> BoxFuture<'a, Result<u64>>;

/// What an area deletes by age.
#[derive(Clone, Copy)]
pub enum Retain {
    /// All of it is kept until somebody deletes it.
    Everything,
    /// A part goes by itself, a little at a time.
    Until(Forget),
}

/// One contact's record, whose traces are asked for or erased.
#[derive(Debug, Clone, Copy)]
pub struct DataSubject {
    /// Whose data it is.
    pub org: Uuid,
    /// The contact.
    pub contact: i64,
}

/// What is kept of a person, by the name of a section of the export.
pub type Sections = Map<String, Value>;

/// What an area keeps of people.
#[derive(Clone, Copy)]
pub enum PersonalData {
    /// None of its tables holds anything about a person.
    None,
    /// Some do.
    Kept(&'static KeptData),
}

/// How an area shows and erases what it keeps of a person.
pub struct KeptData {
    /// Its tables in which something of a person may stand.
    pub tables: &'static [&'static str],
    /// Nouns of operations whose stored answers (`Idempotency-Key`) may tell of a person.
    pub answers: &'static [&'static str],
    /// Everything it keeps of them (GDPR art. 15 and 20).
    pub export: for<'a> fn(app: &'a App, who: DataSubject) -> BoxFuture<'a, Result<Sections>>,
    /// Erases it in the caller's transaction (GDPR art. 17).
    pub erase: for<'a> fn(tx: &'a mut Tx, who: DataSubject) -> BoxFuture<'a, Result<()>>,
    /// Erases copies of anybody's data that cannot be told apart by person, as stored answers and files: all go.
    pub erase_copies: for<'a> fn(tx: &'a mut Tx, org: Uuid, now: Ts) -> BoxFuture<'a, Result<()>>,
}

impl App {
    /// What all areas keep of a contact.
    ///
    /// # Errors
    /// The database fails.
    pub async fn export_person(&self, who: DataSubject) -> Result<Sections> {
        let mut all = Sections::new();
        for kept in self.personal_data() {
            all.extend((kept.export)(self, who).await?);
        }
        Ok(all)
    }

    /// Erases what all areas keep of a contact, in one transaction.
    ///
    /// # Errors
    /// The database refused; nothing is erased unless the transaction commits.
    pub async fn erase_person(&self, tx: &mut Tx, who: DataSubject) -> Result<()> {
        // Those that were added last hang on those before them.
        for kept in self.personal_data().rev() {
            (kept.erase)(tx, who).await?;
        }
        Ok(())
    }

    /// Erases what all areas copied of an organization's people.
    ///
    /// # Errors
    /// The database refused.
    pub async fn erase_copies(&self, tx: &mut Tx, org: Uuid, now: Ts) -> Result<()> {
        for kept in self.personal_data() {
            for noun in kept.answers {
                privacy::erase_answers(tx, org, noun).await?;
            }
            (kept.erase_copies)(tx, org, now).await?;
        }
        Ok(())
    }

    fn personal_data(&self) -> impl DoubleEndedIterator<Item = &'static KeptData> {
        let kept = |area: &&'static Area| match area.person {
            PersonalData::None => None,
            PersonalData::Kept(kept) => Some(kept),
        };
        self.registry.areas().iter().filter_map(kept)
    }
}

/// The end of what is kept for so many days; none for what is kept for good.
#[must_use]
pub fn days_ago(now: Ts, days: i64) -> Option<Ts> {
    (days > 0).then(|| now.plus(-days.saturating_mul(Ts::DAY)))
}
