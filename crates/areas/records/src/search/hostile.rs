//! Conditions that nobody meant: answered or refused, never an error of ours.

use super::{LIMIT, SearchCompanies, SearchContacts};
use crate::contact;
use crate::testing::test_app;
use g8_core::{Operation, testing::TestApp};
use g8_domain::{ErrorKind, Page, record::Subject};
use g8_storage::{on_both, search};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

const OPERATORS: [&str; 10] = [
    "any_of",
    "contains",
    "all_of",
    "none_of",
    "is_empty",
    "is_not_empty",
    "between",
    "exists",
    "ANY_OF",
    "like",
];

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        "\\PC{0,20}".prop_map(Value::from),
        proptest::sample::select(vec![
            "",
            " ",
            "%",
            "_",
            "\\",
            "'",
            "\"",
            "*",
            "a%",
            "--",
            ";",
            "\u{0}",
            "\u{FFFF}",
            "NEAR(",
            "a OR b",
            "😀",
            "NaN",
            "Infinity",
            "-0",
            "1e400",
            "2026-02-30",
            "2026-01-01",
            "0x10",
            "٣",
            "true",
            "null",
            "{}",
            "ann@x.com",
        ])
        .prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<bool>().prop_map(Value::from),
        Just(json!("x".repeat(1000))),
        proptest::sample::select(vec![json!(null), json!([]), json!({ "a": 1 }), json!([["x"]])]),
    ]
}

fn conditions(subject: Subject) -> impl Strategy<Value = Value> {
    let mut names: Vec<String> = search::fields(subject).iter().map(|field| field.name.to_owned()).collect();
    names.extend(
        ["custom.size", "custom.born", "custom.note", "custom.", "custom.none", "id; --"].map(str::to_owned),
    );
    let condition = (
        proptest::sample::select(names),
        proptest::sample::select(&OPERATORS[..]),
        proptest::collection::vec(values(), 0..4),
    );
    let one = condition
        .prop_map(|(field, operator, value)| json!({ "field": field, "operator": operator, "value": value }));
    proptest::collection::vec(one, 1..4).prop_map(Value::from)
}

/// Asks some hundred questions; how many were answered.
async fn ask<O: Operation<Output = Page<T>>, T>(kit: &TestApp, subject: Subject) -> usize {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRunner::deterministic().new_rng());
    let questions = conditions(subject);
    let mut answered = 0;
    for _ in 0..400 {
        let filters = questions.new_tree(&mut runner).unwrap().current();
        match kit.call::<O>(json!({ "filters": filters })).await {
            Ok(page) => {
                answered += 1;
                assert!(i64::try_from(page.data.len()).unwrap() <= LIMIT, "{filters}");
            }
            Err(error) => {
                assert!(matches!(error.kind, ErrorKind::Invalid | ErrorKind::Rule), "{filters}: {error:?}");
                assert!(!error.message.is_empty());
            }
        }
    }
    answered
}

on_both! {
    async fn any_condition_is_answered_or_refused(test) {
        let kit = test_app(test).await;
        for (title, kind) in [("Size", "int"), ("Born", "date"), ("Note", "text")] {
            let column = json!({ "title": title, "data_type": kind });
            kit.call::<crate::column::CreateColumnOfContacts>(column).await.unwrap();
        }
        for n in 0..30 {
            let one = json!({ "work_email": format!("p{n}@x.com"), "first_name": "Ann", "company_name": "Acme 100%" });
            kit.call::<contact::CreateContact>(one).await.unwrap();
        }
        let answered = ask::<SearchContacts, _>(&kit, Subject::Contact).await + ask::<SearchCompanies, _>(&kit, Subject::Company).await;
        assert!(answered > 50, "only {answered} were conditions at all");
    }
}
