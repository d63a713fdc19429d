//! `g8-mcp-server`: the tools over standard input and output, for assistants that start it themselves.
//!
//! Settings come from the environment: `G8_API_KEY`, `G8_API_URL`, `G8_MCP_MODE`, `G8_MCP_READ_ONLY`, and those of
//! the embedded database.

use g8_client::{Connection, ConnectionTarget};
use g8_config::{Overrides, Settings};
use g8_core::{Backend, Registry};
use g8_domain::Scopes;
use g8_doors::mcp::{Catalogue, Server, StdioHost, ToolMode, View, is_yes, serve_stdio};
use g8_product::{
    AREAS,
    identity::me::{Input, ShowMe},
};
use std::{
    env,
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "g8-mcp-server: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let settings = Settings::load(Overrides::from_environment()?, None)?;
    settings.start_logging();
    let connection = Connection::open(&ConnectionTarget::from_environment(), &settings, AREAS, "mcp").await?;
    let me = connection.run::<ShowMe>(Input {}).await?;
    let mode = ToolMode::from_word(&env::var("G8_MCP_MODE").unwrap_or_default());
    let read_only = env::var("G8_MCP_READ_ONLY").is_ok_and(|word| is_yes(&word));
    let view = View::new(
        Arc::new(Catalogue::new(Registry::new(AREAS).operations(), mode)),
        Scopes::stored(me.scopes),
        read_only,
    );
    let limit = Duration::from_secs(settings.limits.request_seconds);
    serve_stdio(Server::new(StdioHost::here(view, connection, limit)?)).await
}
