//! Calls of tests. Every operation that takes an `Idempotency-Key` is sent twice, by whatever its own tests ask of it:
//! the second time it is answered from what is stored.

use crate::{Action, App, Args, Backend, Credential, Done, Entry, Incoming, Origin, Spec, jobs::Worker};
use g8_domain::{ErrorKind, Result};
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Calls an app for the holder of a key.
#[derive(Clone)]
pub struct TestCaller {
    app: App,
    authorization: String,
}

impl TestCaller {
    pub(super) fn new(app: App, key: &str) -> Self {
        Self { app, authorization: format!("Bearer {key}") }
    }
}

impl Backend for TestCaller {
    async fn act(&self, spec: &'static Spec, args: Args, file: Option<Incoming>) -> Result<Done> {
        let authorization = Some(self.authorization.as_bytes());
        let entry = self.app.enter(Credential { authorization, ..Credential::default() }).await?;
        let request_id = self.app.entropy.request_id(self.app.clock.now());
        let origin = Origin { request_id, door: "embedded", ..Origin::default() };
        let action = self.app.action(spec)?;
        if spec.takes_idempotency_key() {
            return twice(&self.app, action, (entry, origin), args).await;
        }
        self.app.call(action, (entry, origin), file, |_| Ok(args)).await
    }

    async fn run_pending_jobs(&self) -> Result<()> {
        Arc::new(Worker::new(self.app.clone())).run_pending().await?;
        Ok(())
    }
}

/// Calls an operation, and once it has succeeded, again.
async fn twice(app: &App, action: Action, (entry, origin): (Entry, Origin), args: Args) -> Result<Done> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let key = format!("twice-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let origin = Origin { idempotency_key: Some(key), ..origin };
    let (again, same) = (args.clone(), (entry.clone(), origin.clone()));
    let done = app.call(action, (entry, origin), None, |_| Ok(args)).await?;
    // What changes nothing stores nothing, and is the same again anyway.
    if again.get("dry_run") == Some(&json!(true)) {
        return Ok(done);
    }
    let second = app.call(action, same, None, |_| Ok(again)).await;
    if action.spec.shows_secret {
        assert_eq!(second.err().map(|error| error.kind), Some(ErrorKind::Conflict), "{}", action.spec.name);
    } else {
        let second = second.expect("the stored answer");
        assert!(second.replayed, "{} was done twice", action.spec.name);
        let (again, once) = (second.read::<Value>(), done.read::<Value>());
        assert_eq!(again.expect("JSON"), once.expect("JSON"), "{}", action.spec.name);
    }
    Ok(done)
}
