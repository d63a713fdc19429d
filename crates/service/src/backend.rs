//! Calling operations from a program: in this process, or over HTTP.

use crate::{Action, App, Args, Credential, Done, Incoming, Operation, Origin, Outgoing, jobs::Worker};
use g8_domain::{Error, Result};
use serde_json::Value;
use std::sync::Arc;

/// Runs operations somewhere. [`Embedded`] does so in this process; `g8-client` asks a server.
pub trait Backend: Send + Sync + 'static {
    /// Runs an operation on arguments by name, which are checked where it runs, and on a file if it takes one.
    fn act(
        &self,
        action: Action,
        args: Args,
        file: Option<Incoming>,
    ) -> impl Future<Output = Result<Done>> + Send;

    /// Runs the jobs that calls have caused, where that is this program's work and not a server's.
    fn settle(&self) -> impl Future<Output = Result<()>> + Send;

    /// Runs an operation on arguments by name.
    fn call<O: Operation>(&self, args: Args) -> impl Future<Output = Result<O::Output>> + Send {
        async move { self.act(Action::of::<O>(), args, None).await?.read() }
    }

    /// Runs an operation that takes a file.
    fn send_file<O: Operation>(
        &self,
        args: Args,
        file: Incoming,
    ) -> impl Future<Output = Result<O::Output>> + Send {
        async move { self.act(Action::of::<O>(), args, Some(file)).await?.read() }
    }

    /// Runs an operation that gives a file.
    fn fetch_file<O: Operation>(&self, args: Args) -> impl Future<Output = Result<Outgoing>> + Send {
        async move { self.act(Action::of::<O>(), args, None).await?.file() }
    }

    /// Runs an operation on a typed input.
    fn run<O: Operation>(&self, input: O::Input) -> impl Future<Output = Result<O::Output>> + Send {
        async move {
            match serde_json::to_value(input).map_err(Error::internal)? {
                Value::Object(args) => self.call::<O>(args).await,
                _ => self.call::<O>(Args::new()).await,
            }
        }
    }
}

/// Operations in this process, on an open [`App`], for the holder of an API key.
#[derive(Clone)]
pub struct Embedded {
    app: App,
    authorization: Option<String>,
    door: &'static str,
}

impl Embedded {
    /// Calls `app` with this key, through the door of this name.
    #[must_use]
    pub fn new(app: App, api_key: Option<&str>, door: &'static str) -> Self {
        Self { app, authorization: api_key.map(|key| format!("Bearer {key}")), door }
    }
}

impl Backend for Embedded {
    async fn act(&self, action: Action, args: Args, file: Option<Incoming>) -> Result<Done> {
        let authorization = self.authorization.as_deref().map(str::as_bytes);
        let entry = self.app.enter(Credential { authorization, ..Credential::default() }).await?;
        let request_id = self.app.entropy.request_id(self.app.clock.now());
        let origin = Origin { request_id, door: self.door, ..Origin::default() };
        // Every test of an operation is one of its repetition.
        #[cfg(test)]
        if action.spec.takes_idempotency_key() {
            return crate::tests::twice::call(&self.app, action, (entry, origin), args).await;
        }
        self.app.call(action, (entry, origin), file, |_| Ok(args)).await
    }

    async fn settle(&self) -> Result<()> {
        Arc::new(Worker::new(self.app.clone())).drain().await?;
        Ok(())
    }
}
