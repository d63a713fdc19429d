//! What stands against areas is said in a sentence.

use super::{faults, undeclared};
use crate::{
    Action, Area, Ctx, JobKind, KeptData, Operation, PersonalData, Retain, Sections, Spec, Verb,
    events::{Author, EXAMPLE, Event, EventKind, emit},
    jobs::{Job, Next, Run},
    testing::TestApp,
};
use g8_domain::{ErrorKind, Result, Scope, event::Ref};
use g8_storage::testing::TestDb;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, JsonSchema)]
struct Nothing {}

struct PickPlum;

impl Operation for PickPlum {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/plums", "plum.pick", &[Scope("plums:write")]).command(&["pick-plum"]);
    type Input = Nothing;
    type Output = Nothing;
    async fn run(_: &Ctx, _: Nothing) -> Result<Nothing> {
        Ok(Nothing {})
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct PlumPicked {}

impl Event for PlumPicked {
    const NAME: &'static str = "plum.picked";
    const ABOUT: &'static str = "A plum was picked";
    fn about(&self) -> Vec<Ref> {
        vec![Ref::Sample]
    }
    fn example() -> Self {
        Self {}
    }
}

#[derive(Serialize, Deserialize)]
struct WashPlum {}

impl Job for WashPlum {
    const KIND: &'static str = "plum.wash";
    async fn run(&self, _: &Run) -> Result<Next> {
        Ok(Next::Done)
    }
}

const EMPTY: Area = Area {
    name: "orchard",
    operations: &[],
    order: &[],
    events: &[],
    jobs: &[],
    scopes: &[],
    readers: &[],
    retain: Retain::Everything,
    person: PersonalData::None,
};

const SCOPES: &[(Scope, &str)] = &[(Scope("plums:write"), "Pick plums")];
const PICKS: &[Action] = &[Action::of::<PickPlum>()];
const PICKED: &[EventKind] = &[EventKind::of::<PlumPicked>()];

static ORCHARD: Area =
    Area { operations: PICKS, events: PICKED, jobs: &[JobKind::of::<WashPlum>()], scopes: SCOPES, ..EMPTY };

#[test]
fn a_sound_area_has_none() {
    assert_eq!(faults(&[&ORCHARD]), Vec::<String>::new());
}

#[test]
fn an_event_of_another_area_cannot_be_declared_again() {
    static OTHER: Area = Area { name: "meadow", events: PICKED, ..EMPTY };
    assert_eq!(
        faults(&[&ORCHARD, &OTHER]),
        ["the event plum.picked is declared twice: in orchard and in meadow"]
    );
}

#[tokio::test]
async fn an_event_that_no_area_declares_cannot_be_said() {
    static SILENT: Area = Area { name: "silent", ..EMPTY };
    let kit = TestApp::of(&[&SILENT], TestDb::sqlite().await).await;
    let author = Author { org: kit.org, at: EXAMPLE, name: None, user: None };
    let mut tx = kit.app.db.begin().await.unwrap();
    let refused = emit(&kit.app, &mut tx, &author, &[PlumPicked {}]).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Internal);
    assert_eq!(refused.cause.unwrap().to_string(), "no area declares the event plum.picked in its EVENTS");
}

#[tokio::test]
async fn an_event_of_another_area_cannot_be_said_by_its_name() {
    #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
    struct Picked {}
    impl Event for Picked {
        const NAME: &'static str = PlumPicked::NAME;
        const ABOUT: &'static str = "";
        fn about(&self) -> Vec<Ref> {
            Vec::new()
        }
        fn example() -> Self {
            Self {}
        }
    }
    let kit = TestApp::of(&[&ORCHARD], TestDb::sqlite().await).await;
    let author = Author { org: kit.org, at: EXAMPLE, name: None, user: None };
    let mut tx = kit.app.db.begin().await.unwrap();
    let refused = emit(&kit.app, &mut tx, &author, &[Picked {}]).await.unwrap_err();
    assert_eq!(refused.cause.unwrap().to_string(), "the event plum.picked is another area's to say");
}

#[test]
fn operations_share_no_name_and_no_way_to_them() {
    static OTHER: Area = Area { name: "meadow", operations: PICKS, scopes: SCOPES, ..EMPTY };
    assert_eq!(
        faults(&[&ORCHARD, &OTHER]),
        [
            "the operation plum.pick is declared twice: in orchard and in meadow",
            "the route POST /plums is declared twice: in orchard and in meadow",
            "the command pick-plum is declared twice: in orchard and in meadow",
        ]
    );
}

#[test]
fn a_kind_of_job_is_one_areas() {
    static TWICE: Area = Area { jobs: &[JobKind::of::<WashPlum>(), JobKind::of::<WashPlum>()], ..EMPTY };
    assert_eq!(faults(&[&TWICE]), ["the job kind plum.wash is declared twice: in orchard and in orchard"]);
}

#[test]
fn a_scope_must_be_declared() {
    static BARE: Area = Area { operations: PICKS, ..EMPTY };
    assert_eq!(faults(&[&BARE]), ["plum.pick of the area orchard asks for plums:write, which is no scope"]);
}

const fn kept(tables: &'static [&'static str]) -> KeptData {
    KeptData {
        tables,
        answers: &[],
        export: |_, _| Box::pin(async { Ok(Sections::new()) }),
        erase: |_, _| Box::pin(async { Ok(()) }),
        erase_copies: |_, _, _| Box::pin(async { Ok(()) }),
    }
}

#[test]
fn a_table_that_names_contacts_is_some_areas() {
    static PLUMS: KeptData = kept(&["plums"]);
    static KEEPS: Area = Area { person: PersonalData::Kept(&PLUMS), ..EMPTY };
    assert_eq!(faults(&[&KEEPS]), Vec::<String>::new());
    assert_eq!(
        undeclared(&[&KEEPS], &["plums".to_owned(), "figs".to_owned()]),
        [
            "the table figs names contacts, and no area declares it in its PersonalData: it would not be erased"
        ]
    );
    static NOTHING: KeptData = kept(&[]);
    static EMPTY_HANDED: Area = Area { person: PersonalData::Kept(&NOTHING), ..EMPTY };
    let sentence = "the area orchard keeps personal data in no table; declare PersonalData::None";
    assert_eq!(faults(&[&EMPTY_HANDED]), [sentence]);
}
