//! What happens to deals.

use g8_core::{events, events::EXAMPLE};
use g8_domain::{
    Ts,
    event::Ref,
    record::{Pipeline, Stage, StageType},
    value::Money,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

events! {
    DealFact, DealFact::about, fact => {
        DealCreated = "deal.created": "A deal was made";
        DealUpdated = "deal.updated": "A deal was changed, or who takes part in it";
        DealDeleted = "deal.deleted": "A deal was deleted";
    }
    StageChange, |change: &StageChange| change.deal.about(), || example(StageType::Open) => {
        DealStageChanged = "deal.stage_changed": "A deal went to another stage";
    }
    StageChange, |change: &StageChange| change.deal.about(), || example(StageType::Won) => {
        DealWon = "deal.won": "A deal came into a stage where it is won";
    }
    StageChange, |change: &StageChange| change.deal.about(), || example(StageType::Lost) => {
        DealLost = "deal.lost": "A deal came into a stage where it is lost";
    }
}

/// A deal, and the ids of who takes part in it. Who they are is not said: what is said in an event is kept
/// when a person is erased. Version 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct DealFact {
    pub id: Uuid,
    pub name: String,
    pub description: Option<String>,
    /// In units of the currency
    pub amount: Option<Money>,
    /// ISO 4217
    pub currency: String,
    pub stage_id: Uuid,
    pub stage_name: String,
    pub pipeline_id: Uuid,
    pub company_id: Option<i64>,
    /// Always null: people and companies are named by their ids
    pub company_name: Option<()>,
    /// A user's id or e-mail address, as it was given
    pub owner_id: Option<String>,
    /// What its stage says: open, won or lost
    pub status: StageType,
    /// The day it is expected to close, as 2026-12-31
    pub close_date: Option<String>,
    /// Since when it has been in its stage
    pub stage_changed_at: Ts,
    pub created_at: Ts,
    pub updated_at: Ts,
    pub contact_count: i64,
    /// Always null: people and companies are named by their ids
    pub primary_contact: Option<()>,
    /// Always null: people and companies are named by their ids
    pub contacts: Option<()>,
    /// Ids of its contacts, the primary one first
    pub contact_ids: Vec<i64>,
}

impl DealFact {
    fn about(&self) -> Vec<Ref> {
        let contacts = self.contact_ids.iter().copied().map(Ref::Contact);
        let company = self.company_id.map(Ref::Company);
        std::iter::once(Ref::Deal(self.id)).chain(contacts).chain(company).collect()
    }
}

/// A deal's step from stage to stage.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct StageChange {
    /// The deal as it is now
    pub deal: DealFact,
    /// Where it was; null when it was made where it is
    pub from_stage: Option<StageFact>,
    /// Where it is
    pub to_stage: StageFact,
    /// The pipeline it is in
    pub pipeline: PipelineFact,
}

impl StageChange {
    /// A deal that has gone from a stage, or from nowhere, to another.
    #[must_use]
    pub fn new(deal: DealFact, from: Option<&Stage>, to: &Stage, pipeline: &Pipeline) -> Self {
        Self {
            deal,
            from_stage: from.map(StageFact::from),
            to_stage: to.into(),
            pipeline: PipelineFact { id: pipeline.id, name: pipeline.name.clone() },
        }
    }
}

/// A stage, as far as a step into it goes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct StageFact {
    pub id: Uuid,
    pub name: String,
    /// In percent
    pub probability: i64,
    pub stage_type: StageType,
}

impl From<&Stage> for StageFact {
    fn from(stage: &Stage) -> Self {
        Self {
            id: stage.id,
            name: stage.name.clone(),
            probability: stage.probability,
            stage_type: stage.stage_type,
        }
    }
}

/// A pipeline's name.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct PipelineFact {
    pub id: Uuid,
    pub name: String,
}

const PIPELINE: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001);
const FIRST: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0002);
const SECOND: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0003);
const DEAL: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0004);

fn fact() -> DealFact {
    at(&stage(FIRST, "Lead", 10, StageType::Open))
}

fn stage(id: Uuid, name: &str, probability: i64, stage_type: StageType) -> StageFact {
    StageFact { id, name: name.to_owned(), probability, stage_type }
}

fn at(stage: &StageFact) -> DealFact {
    DealFact {
        id: DEAL,
        name: "Acme, 20 seats".to_owned(),
        description: None,
        amount: Some(Money(1_250_000)),
        currency: "USD".to_owned(),
        stage_id: stage.id,
        stage_name: stage.name.clone(),
        pipeline_id: PIPELINE,
        company_id: Some(7),
        company_name: None,
        owner_id: Some("ann@example.com".to_owned()),
        status: stage.stage_type,
        close_date: Some("2026-03-31".to_owned()),
        stage_changed_at: EXAMPLE,
        created_at: EXAMPLE,
        updated_at: EXAMPLE,
        contact_count: 1,
        primary_contact: None,
        contacts: None,
        contact_ids: vec![42],
    }
}

fn example(into: StageType) -> StageChange {
    let to_stage = match into {
        StageType::Open => stage(SECOND, "Qualified", 20, into),
        StageType::Won => stage(SECOND, "Closed Won", 100, into),
        StageType::Lost => stage(SECOND, "Closed Lost", 0, into),
    };
    StageChange {
        deal: at(&to_stage),
        from_stage: Some(stage(FIRST, "Lead", 10, StageType::Open)),
        to_stage,
        pipeline: PipelineFact { id: PIPELINE, name: "Sales Pipeline".to_owned() },
    }
}
