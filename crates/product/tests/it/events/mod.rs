//! The vocabulary: published, complete, and true of what is emitted.

use g8_core::{Registry, events::without_nulls};
use g8_product::AREAS;
use g8_product::testing::test_app;
use g8_records::contact;
use g8_storage::{events, on_both};
use serde_json::json;
use uuid::Uuid;

#[test]
fn every_kind_has_a_name_of_its_own_and_an_example_that_fits_its_schema() {
    let registry = Registry::new(AREAS);
    let vocabulary = registry.vocabulary();
    let mut names: Vec<&str> = vocabulary
        .kinds()
        .flat_map(|kind| [kind.name].into_iter().chain(kind.aliases.iter().copied()))
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a name means two kinds");
    for kind in vocabulary.kinds() {
        let validator = jsonschema::validator_for(&kind.schema()).unwrap();
        let fault = validator.iter_errors(&kind.example()).next().map(|error| error.to_string());
        assert_eq!(fault, None, "{}", kind.name);
        // What releases before versions stored without its nulls reads as it was.
        let kept = without_nulls(kind.example());
        assert_eq!(vocabulary.shown((kind.name, 0), kept), kind.example(), "{}", kind.name);
        assert!(kind.category() != kind.name && !kind.about.is_empty(), "{}", kind.name);
    }
}

on_both! {
    async fn what_is_emitted_fits_its_schema_and_says_who_did_it(test) {
        let kit = test_app(test).await;
        kit.call::<contact::CreateContact>(json!({ "work_email": "ann@x.com", "company_name": "Acme" })).await.unwrap();
        let told = events::after(&mut &kit.app.db, kit.org, Uuid::nil(), 10).await.unwrap();
        let names: Vec<&str> = told.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(names, ["company.created", "contact.created"]);
        for event in told {
            let kind = kit.app.registry.vocabulary().kind(&event.name).unwrap();
            assert_eq!(event.version, i64::from(kind.version));
            let validator = jsonschema::validator_for(&kind.schema()).unwrap();
            assert!(validator.is_valid(&event.data), "{}", event.data);
            assert_eq!(event.author.as_deref(), Some("First key"));
        }
    }
}
