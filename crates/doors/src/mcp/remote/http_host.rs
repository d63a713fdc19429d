//! The product's own callers over HTTP: another one with every request.

use super::{McpCaller, Remote};
use crate::mcp::{CallerProvider, CallerSession, Catalogue, Server, ToolMode, View};
use axum::http::request::Parts;
use g8_core::{App, EntryBackend, Seal, Sealed};
use g8_domain::{Result, Ts};
use rmcp::{ErrorData, model::Extensions};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use uuid::Uuid;

/// Where those who come over HTTP are met.
pub struct HttpHost {
    app: App,
    seal: Seal,
    /// One of each mode, made when the first asks for it.
    catalogues: [OnceLock<Arc<Catalogue>>; ToolMode::ALL.len()],
}

impl HttpHost {
    /// A host before this service.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { seal: app.seal(), app, catalogues: Default::default() }
    }

    fn view(&self, caller: &McpCaller) -> View {
        let at = ToolMode::ALL.iter().position(|mode| *mode == caller.mode).unwrap_or_default();
        let catalogue = self.catalogues[at]
            .get_or_init(|| Arc::new(Catalogue::new(self.app.registry.operations(), ToolMode::ALL[at])));
        View::new(Arc::clone(catalogue), caller.entry.caller().scopes.clone(), caller.read_only)
    }
}

/// Who sent a request.
fn caller_of(request: &Extensions) -> Result<&McpCaller, ErrorData> {
    let caller = request.get::<Parts>().and_then(|parts| parts.extensions.get::<McpCaller>());
    caller.ok_or_else(|| ErrorData::internal_error("nobody was let in by this request", None))
}

impl CallerProvider for HttpHost {
    type Backend = EntryBackend;

    fn session(&self, request: &Extensions) -> Result<CallerSession<EntryBackend>, ErrorData> {
        let caller = caller_of(request)?;
        let McpCaller { entry, origin, .. } = caller.clone();
        let backend = Arc::new(EntryBackend { app: self.app.clone(), entry, origin });
        Ok(CallerSession { view: self.view(caller), backend, name: caller.owner() })
    }

    fn seal(&self) -> &Seal {
        &self.seal
    }

    fn now(&self) -> Ts {
        self.app.clock.now()
    }

    fn id(&self) -> Uuid {
        self.app.entropy.id(self.now())
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(self.app.config.limits.request_seconds)
    }

    async fn take(&self, request: &Extensions, sealed: Sealed) -> Result<bool> {
        let caller = caller_of(request).map_err(g8_domain::Error::internal)?;
        self.app.take_confirmation(caller.entry.caller().org.id, sealed).await
    }
}

impl Remote for Server<HttpHost> {
    fn lacks(&self, caller: &McpCaller, tool: &str) -> Option<&'static str> {
        self.host().view(caller).lacks(tool).map(|scope| scope.0)
    }
}
