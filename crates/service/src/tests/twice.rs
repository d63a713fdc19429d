//! Every operation that takes an `Idempotency-Key`, by whatever its own tests ask of it: sent again, it is answered
//! from what is stored.

use crate::{Action, App, Args, Done, Entry, Origin};
use g8_domain::{Kind, Result};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// Calls an operation, and once it has succeeded, again.
pub async fn call(app: &App, action: Action, (entry, origin): (Entry, Origin), args: Args) -> Result<Done> {
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
        assert_eq!(second.err().map(|error| error.kind), Some(Kind::Conflict), "{}", action.spec.name);
    } else {
        let second = second.unwrap();
        assert!(second.replayed, "{} was done twice", action.spec.name);
        assert_eq!(second.read::<Value>().unwrap(), done.read::<Value>().unwrap(), "{}", action.spec.name);
    }
    Ok(done)
}
