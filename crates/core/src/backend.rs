//! Calling operations from a program: in this process, or over HTTP.

use crate::{App, Args, Credential, Done, Entry, Incoming, Operation, Origin, Outgoing, Spec, jobs::Worker};
use g8_domain::{Error, Result};
use serde_json::Value;
use std::sync::Arc;

/// Runs operations somewhere. [`Embedded`] does so in this process; `g8-client` asks a server.
pub trait Backend: Send + Sync + 'static {
    /// Runs an operation on arguments by name, which are checked where it runs, and on a file if it takes one.
    fn act(
        &self,
        spec: &'static Spec,
        args: Args,
        file: Option<Incoming>,
    ) -> impl Future<Output = Result<Done>> + Send;

    /// Runs the jobs that calls have caused, where that is this program's work and not a server's.
    fn run_pending_jobs(&self) -> impl Future<Output = Result<()>> + Send;

    /// Runs an operation on arguments by name.
    fn call<O: Operation>(&self, args: Args) -> impl Future<Output = Result<O::Output>> + Send {
        async move { self.act(&O::SPEC, args, None).await?.read() }
    }

    /// Runs an operation that takes a file.
    fn send_file<O: Operation>(
        &self,
        args: Args,
        file: Incoming,
    ) -> impl Future<Output = Result<O::Output>> + Send {
        async move { self.act(&O::SPEC, args, Some(file)).await?.read() }
    }

    /// Runs an operation that gives a file.
    fn fetch_file<O: Operation>(&self, args: Args) -> impl Future<Output = Result<Outgoing>> + Send {
        async move { self.act(&O::SPEC, args, None).await?.file() }
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

/// Operations in this process for somebody who was let in: what stands behind a page, a tool or a key alike.
#[derive(Clone)]
pub struct EntryBackend {
    /// The product.
    pub app: App,
    /// Who was let in, and how they were counted.
    pub entry: Entry,
    /// Where the call comes from.
    pub origin: Origin,
}

impl Backend for EntryBackend {
    async fn act(&self, spec: &'static Spec, args: Args, file: Option<Incoming>) -> Result<Done> {
        let visit = (self.entry.clone(), self.origin.clone());
        self.app.call(self.app.action(spec)?, visit, file, |_| Ok(args)).await
    }

    async fn run_pending_jobs(&self) -> Result<()> {
        // The server's workers do that.
        Ok(())
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
    async fn act(&self, spec: &'static Spec, args: Args, file: Option<Incoming>) -> Result<Done> {
        let authorization = self.authorization.as_deref().map(str::as_bytes);
        let entry = self.app.enter(Credential { authorization, ..Credential::default() }).await?;
        let request_id = self.app.entropy.request_id(self.app.clock.now());
        let origin = Origin { request_id, door: self.door, ..Origin::default() };
        EntryBackend { app: self.app.clone(), entry, origin }.act(spec, args, file).await
    }

    async fn run_pending_jobs(&self) -> Result<()> {
        Arc::new(Worker::new(self.app.clone())).run_pending().await?;
        Ok(())
    }
}
