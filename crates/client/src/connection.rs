//! A server where one is named, else the embedded database.

use crate::{Client, Credentials};
use g8_config::Settings;
use g8_core::{App, Area, Args, Backend, Done, Embedded, Incoming, Spec, StartError};
use g8_domain::Result;
use std::{env, path::PathBuf};

/// Where operations run, and with which key.
#[derive(Clone)]
pub struct ConnectionTarget {
    /// The server; none for the embedded database.
    pub api_url: Option<String>,
    /// The key.
    pub api_key: Option<String>,
    /// Where the key came from, for people.
    pub source: &'static str,
    /// Authorities that the server's certificate may be from, beside those of the machine.
    pub ca_file: Option<PathBuf>,
}

impl ConnectionTarget {
    /// `G8_API_KEY` and `G8_API_URL` stand over what `g8 login` stored; `G8_CA_FILE` stands alone.
    #[must_use]
    pub fn from_environment() -> Self {
        let var = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let stored = Credentials::load();
        let api_url = var("G8_API_URL").or(stored.api_url);
        let (api_key, source) = match (var("G8_API_KEY"), stored.api_key) {
            (Some(key), _) => (Some(key), "G8_API_KEY"),
            (None, Some(key)) => (Some(key), "stored credentials"),
            (None, None) => (None, "none"),
        };
        Self { api_url, api_key, source, ca_file: var("G8_CA_FILE").map(PathBuf::from) }
    }

    /// A client of the server at `url`, with this key.
    ///
    /// # Errors
    /// As [`Client::trusting`].
    pub fn client(&self, url: &str, api_key: Option<&str>) -> Result<Client> {
        Client::trusting(url, api_key, self.ca_file.as_deref())
    }
}

/// Operations on a server, or in this process.
#[derive(Clone)]
pub enum Connection {
    /// Over HTTP.
    Remote(Client),
    /// On the embedded database.
    Embedded(Embedded),
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The embedded database cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The client cannot be set up.
    #[error(transparent)]
    Client(#[from] g8_domain::Error),
}

impl Connection {
    /// Opens a connection for the door of this name; an embedded database is served by these areas.
    ///
    /// # Errors
    /// The embedded database cannot be opened; one line that says what to do.
    pub async fn open(
        place: &ConnectionTarget,
        settings: &Settings,
        areas: &[&'static Area],
        door: &'static str,
    ) -> Result<Self, ConnectError> {
        let key = place.api_key.as_deref();
        Ok(match &place.api_url {
            Some(url) => Self::Remote(place.client(url, key)?),
            None => Self::Embedded(Embedded::new(App::open_existing(settings, areas).await?, key, door)),
        })
    }
}

impl Backend for Connection {
    async fn act(&self, spec: &'static Spec, args: Args, file: Option<Incoming>) -> Result<Done> {
        match self {
            Self::Remote(client) => client.act(spec, args, file).await,
            Self::Embedded(embedded) => embedded.act(spec, args, file).await,
        }
    }

    async fn run_pending_jobs(&self) -> Result<()> {
        match self {
            Self::Remote(client) => client.run_pending_jobs().await,
            Self::Embedded(embedded) => embedded.run_pending_jobs().await,
        }
    }
}
