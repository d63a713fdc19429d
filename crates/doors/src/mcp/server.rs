//! A session with one assistant.

use super::Catalogue;
use futures_util::FutureExt;
use g8_domain::{Error, Kind};
use g8_service::Backend;
use rmcp::{
    ErrorData, RoleServer, ServerHandler, ServiceExt,
    model::{
        CacheScope, CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
        ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
    },
    service::RequestContext,
};
use std::{panic::AssertUnwindSafe, sync::Arc};

const INSTRUCTIONS: &str = "g8 is a go-to-market workspace: contacts, companies, lists, deals, tasks, activities, and exclusions (whom nobody \
    may write to). \
    Search before you create; asserting a contact updates the one with the same e-mail address. \
    Lists are paged: pass next_cursor as cursor to go on. Ids of contacts, companies and lists are integers, others UUIDs.";

/// Serves tools from a catalogue, on a backend.
pub struct Server<B> {
    catalogue: Arc<Catalogue<B>>,
    backend: Arc<B>,
}

impl<B> Clone for Server<B> {
    fn clone(&self) -> Self {
        Self { catalogue: Arc::clone(&self.catalogue), backend: Arc::clone(&self.backend) }
    }
}

impl<B: Backend> Server<B> {
    /// A server of these tools.
    #[must_use]
    pub fn new(catalogue: Catalogue<B>, backend: B) -> Self {
        Self { catalogue: Arc::new(catalogue), backend: Arc::new(backend) }
    }
}

/// Serves one assistant over standard input and output, until it closes the input.
///
/// # Errors
/// The first message was no MCP, or the pipe broke.
pub async fn serve_stdio<B: Backend>(
    server: Server<B>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let session = server.serve(rmcp::transport::io::stdio()).await?;
    session.waiting().await?;
    Ok(())
}

impl<B: Backend> ServerHandler for Server<B> {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("graph8", env!("CARGO_PKG_VERSION")).with_title("g8"))
            .with_instructions(INSTRUCTIONS)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.catalogue.find(name).map(|entry| entry.tool.clone())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = self.catalogue.tools();
        Ok(ListToolsResult::with_all_items(tools).with_ttl_ms(300_000).with_cache_scope(CacheScope::Private))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let entry = self.catalogue.find(&request.name);
        let entry = entry
            .ok_or_else(|| ErrorData::invalid_params(format!("Unknown tool: {}", request.name), None))?;
        let args = request.arguments.unwrap_or_default();
        let work = AssertUnwindSafe((entry.run)(Arc::clone(&self.backend), args)).catch_unwind();
        let done = tokio::select! {
            done = work => done,
            () = context.ct.cancelled() => return Err(ErrorData::internal_error("cancelled", None)),
        };
        Ok(match done {
            Ok(Ok(output)) => CallToolResult::structured(output),
            Ok(Err(error)) => refusal(&error),
            Err(_) => {
                tracing::error!(tool = %request.name, "panicked");
                refusal(&Error::internal("panicked"))
            }
        }
        .into())
    }
}

/// An error as a tool's answer: what went wrong, and what to try.
fn refusal(error: &Error) -> CallToolResult {
    let advice = match error.kind {
        Kind::Invalid => " Correct the arguments and call again.",
        Kind::Unauthorized => " Ask the user for a valid API key.",
        Kind::Forbidden => " Do not retry; ask the user for a key with that scope.",
        Kind::NotFound => " Search for the right id first.",
        Kind::Internal => " Trying again later may help; nothing was changed.",
        Kind::TooMany => " Wait that long before the next call.",
        Kind::Unavailable => " Try again in a moment.",
        _ => "",
    };
    let mut text = format!("Error: {}{advice}", error.message);
    if let Some(data) = error.data.as_ref().filter(|_| error.kind == Kind::Conflict) {
        text.push_str(&format!(" {data}"));
    }
    CallToolResult::error(vec![ContentBlock::text(text)])
}
