//! Every scope against every operation: it opens what names it, and nothing else.

use g8_core::{Action, App, Credential, Doors, Entry, Operation, Origin, testing::TestApp};
use TODO_ops;
use futures_util::future::BoxFuture;
use g8_domain::{Error, Kind, Scope, scope::all};
use g8_storage::testing::TestDb;

type Try = for<'a> fn(&'a App, Entry) -> BoxFuture<'a, Kind>;

/// Each operation's name and scopes, and a call of it that goes as far as its arguments.
struct Calls(Vec<(&'static str, &'static [Scope], Try)>);

impl Doors for Calls {
    fn add<O: Operation>(&mut self) {
        let call: Try = |app, entry| {
            Box::pin(async move {
                let stop = |_: &g8_core::Shape| Err(Error::field("", "far enough"));
                let done = app.call(Action::of::<O>(), (entry, Origin::default()), None, stop).await;
                done.map_or_else(|error| error.kind, |_| Kind::Internal)
            })
        };
        self.0.push((O::SPEC.name, O::SPEC.scopes, call));
    }
}

#[tokio::test]
async fn a_scope_opens_the_operations_that_name_it_and_no_other() {
    let kit = TestApp::new(TestDb::sqlite().await).await;
    let mut calls = Calls(Vec::new());
    ops::register(&mut calls);
    let mut tried = 0;
    for (scope, _) in all() {
        let header = format!("Bearer {}", kit.key_with(&[scope.0]).await);
        let credential = Credential { authorization: Some(header.as_bytes()), ..Credential::default() };
        let entry = kit.app.enter(credential).await.unwrap();
        for (name, scopes, call) in &calls.0 {
            let opens = scopes.is_empty() || scopes.contains(scope);
            let expected = if opens { Kind::Invalid } else { Kind::Forbidden };
            assert_eq!(call(&kit.app, entry.clone()).await, expected, "{} on {name}", scope.0);
            tried += 1;
        }
    }
    assert!(tried > 1000, "only {tried} pairs");
}

/// Operations whose answers hold a secret say so: nothing else keeps it out of the stored answers.
#[test]
fn no_answer_holds_a_secret_that_it_does_not_declare() {
    struct Secrets;
    impl Doors for Secrets {
        fn add<O: Operation>(&mut self) {
            let schema = schemars::schema_for!(O::Output).to_value().to_string();
            let holds = ["\"token\"", "\"secret\"", "\"password\"", "\"api_key_token\"", "\"link\""]
                .iter()
                .any(|word| schema.contains(word));
            assert_eq!(holds, O::SPEC.shows_secret, "{}", O::SPEC.name);
        }
    }
    ops::register(&mut Secrets);
}
