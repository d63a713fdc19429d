//! Every scope against every operation: it opens what names it, and nothing else.

use g8_core::{App, Credential, Entry, Origin, Registry, Shape, Spec};
use g8_domain::{Error, ErrorKind, scope::all};
use g8_product::{AREAS, testing::test_app};
use g8_storage::testing::TestDb;
use schemars::generate::SchemaSettings;

/// How a call ends that goes as far as its arguments.
async fn try_it(app: &App, entry: Entry, spec: &Spec) -> ErrorKind {
    let stop = |_: &Shape| Err(Error::field("", "far enough"));
    let action = app.action(spec).unwrap();
    let done = app.call(action, (entry, Origin::default()), None, stop).await;
    done.map_or_else(|error| error.kind, |_| ErrorKind::Internal)
}

#[tokio::test]
async fn a_scope_opens_the_operations_that_name_it_and_no_other() {
    let kit = test_app(TestDb::sqlite().await).await;
    let mut tried = 0;
    for (scope, _) in all() {
        let header = format!("Bearer {}", kit.key_with(&[scope.0]).await);
        let credential = Credential { authorization: Some(header.as_bytes()), ..Credential::default() };
        let entry = kit.app.enter(credential).await.unwrap();
        for action in kit.app.registry.operations() {
            let (name, scopes) = (action.spec.name, action.spec.scopes);
            let opens = scopes.is_empty() || scopes.contains(&scope);
            let expected = if opens { ErrorKind::Invalid } else { ErrorKind::Forbidden };
            assert_eq!(try_it(&kit.app, entry.clone(), action.spec).await, expected, "{} on {name}", scope.0);
            tried += 1;
        }
    }
    assert!(tried > 1000, "only {tried} pairs");
}

/// Operations whose answers hold a secret say so: nothing else keeps it out of the stored answers.
#[test]
fn no_answer_holds_a_secret_that_it_does_not_declare() {
    for action in Registry::new(AREAS).operations() {
        let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
        let schema = action.answer(&mut settings.into_generator()).to_value().to_string();
        let words = ["\"token\"", "\"secret\"", "\"password\"", "\"api_key_token\"", "\"link\""];
        let holds = words.iter().any(|word| schema.contains(word));
        assert_eq!(holds, action.spec.shows_secret, "{}", action.spec.name);
    }
}
