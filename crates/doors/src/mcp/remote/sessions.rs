//! Sessions of the older era, each its owner's alone. rmcp keeps them; it does not know whose they are.

use super::{Bounds, McpCaller};
use axum::http::request::Parts;
use futures_util::Stream;
use rmcp::{
    model::{ClientJsonRpcMessage, GetExtensions, ServerJsonRpcMessage},
    transport::streamable_http_server::session::{
        ServerSseMessage, SessionId, SessionManager,
        local::{LocalSessionManager, LocalSessionManagerError},
    },
};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

type Error = LocalSessionManagerError;

/// The sessions, and whose each is.
pub struct McpSessions {
    local: LocalSessionManager,
    bounds: Bounds,
    owned: Mutex<Owned>,
}

/// Owners by session; the lower its number, the older it is.
#[derive(Default)]
struct Owned {
    owners: HashMap<SessionId, (String, u64)>,
    opened: u64,
}

impl Owned {
    /// Notes a new session; the one of its owner that has to go for it.
    fn add(&mut self, id: &SessionId, owner: String, most: usize) -> Option<SessionId> {
        self.opened += 1;
        let own = self.owners.iter().filter(|(_, session)| session.0 == owner);
        let (count, oldest) = own.fold((0, None), |(count, oldest), (id, session)| match oldest {
            Some((_, number)) if number <= session.1 => (count + 1, oldest),
            _ => (count + 1, Some((id.clone(), session.1))),
        });
        self.owners.insert(id.clone(), (owner, self.opened));
        oldest.filter(|_| count >= most).map(|(id, _)| id)
    }
}

impl McpSessions {
    pub fn new(bounds: Bounds) -> Self {
        let mut local = LocalSessionManager::default();
        local.session_config.keep_alive = Some(bounds.idle);
        Self { local, bounds, owned: Mutex::default() }
    }

    fn owned(&self) -> MutexGuard<'_, Owned> {
        self.owned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is such a session, and it is theirs.
    pub fn is_of(&self, id: &str, owner: &str) -> bool {
        self.owned().owners.get(id).is_some_and(|session| session.0 == owner)
    }

    /// Whether there is no room for another.
    pub fn are_full(&self) -> bool {
        self.owned().owners.len() >= self.bounds.of_all
    }
}

impl SessionManager for McpSessions {
    type Error = Error;
    type Transport = <LocalSessionManager as SessionManager>::Transport;

    async fn create_session(&self) -> Result<(SessionId, Self::Transport), Error> {
        self.local.create_session().await
    }

    async fn initialize_session(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<ServerJsonRpcMessage, Error> {
        let caller = match &message {
            ClientJsonRpcMessage::Request(request) => request.request.extensions().get::<Parts>(),
            _ => None,
        };
        // Without an owner it is nobody's, and nobody can use it.
        if let Some(caller) = caller.and_then(|parts| parts.extensions.get::<McpCaller>()) {
            let replaced = self.owned().add(id, caller.owner(), self.bounds.of_one);
            if let Some(replaced) = replaced {
                self.close_session(&replaced).await?;
            }
        }
        self.local.initialize_session(id, message).await
    }

    async fn has_session(&self, id: &SessionId) -> Result<bool, Error> {
        self.local.has_session(id).await
    }

    /// Also when it has been idle for too long.
    async fn close_session(&self, id: &SessionId) -> Result<(), Error> {
        self.owned().owners.remove(id);
        self.local.close_session(id).await
    }

    async fn create_stream(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Error> {
        self.local.create_stream(id, message).await
    }

    async fn accept_message(&self, id: &SessionId, message: ClientJsonRpcMessage) -> Result<(), Error> {
        self.local.accept_message(id, message).await
    }

    async fn create_standalone_stream(
        &self,
        id: &SessionId,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Error> {
        self.local.create_standalone_stream(id).await
    }

    async fn resume(
        &self,
        id: &SessionId,
        last_event_id: String,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Error> {
        self.local.resume(id, last_event_id).await
    }
}
