//! The protocol's requests, answered from a catalogue.

use super::{
    answer, call, catalogue, confirm,
    confirm::Brought,
    host::CallerProvider,
    instructions, prompts,
    read::{self, Missing},
};
use g8_core::Effect;
use rmcp::{
    ErrorData, RoleServer, ServerHandler, ServiceExt,
    model::{
        CacheScope, CallToolRequestParams, CallToolResponse, DiscoverResult, GetPromptRequestParams,
        GetPromptResponse, Implementation, InitializeRequestParams, InitializeResult, ListPromptsResult,
        ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, MetaObject,
        PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
        ServerConfig,
    },
    service::RequestContext,
};
use serde_json::json;
use std::sync::{Arc, OnceLock};

/// How long a list may be believed: it changes with a release, or with the caller's scopes.
const FRESH_MILLIS: u64 = 300_000;

/// Serves tools, resources and prompts to the callers of a host.
pub struct Server<H>(Arc<H>);

impl<H> Clone for Server<H> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<H: CallerProvider> Server<H> {
    /// A server for the callers of this host.
    #[must_use]
    pub fn new(host: H) -> Self {
        Self(Arc::new(host))
    }

    pub(super) fn host(&self) -> &H {
        &self.0
    }
}

/// Serves one assistant over standard input and output, until it closes the input.
///
/// # Errors
/// The first message was no MCP, or the pipe broke.
pub async fn serve_stdio<H: CallerProvider>(
    server: Server<H>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let session = server.serve(rmcp::transport::io::stdio()).await?;
    session.waiting().await?;
    Ok(())
}

fn implementation() -> Implementation {
    Implementation::new("graph8", env!("CARGO_PKG_VERSION")).with_title("g8")
}

/// Who answers, with every answer.
pub(super) fn signed() -> MetaObject {
    static SIGNED: OnceLock<MetaObject> = OnceLock::new();
    let sign = || {
        let mut meta = MetaObject::default();
        meta.0.insert("io.modelcontextprotocol/serverInfo".to_owned(), json!(implementation()));
        meta
    };
    SIGNED.get_or_init(sign).clone()
}

/// A list that is the caller's own, and is good for a while.
macro_rules! list {
    ($result:ident, $items:expr) => {{
        let mut list =
            $result::with_all_items($items).with_ttl_ms(FRESH_MILLIS).with_cache_scope(CacheScope::Private);
        list.meta = Some(signed());
        list
    }};
}

type Context = RequestContext<RoleServer>;
type Page = Option<PaginatedRequestParams>;

impl<H: CallerProvider> ServerHandler for Server<H> {
    fn get_info(&self) -> ServerConfig {
        let can = ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        ServerConfig::new(can).with_server_info(implementation())
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: Context,
    ) -> Result<InitializeResult, ErrorData> {
        let session = self.0.session(&context.extensions)?;
        context.peer.set_peer_info(request.clone());
        let agreed = self.negotiate_initialize(&request)?;
        Ok(agreed.with_instructions(instructions::of(session.view.catalogue.mode)))
    }

    async fn discover(&self, context: Context) -> Result<DiscoverResult, ErrorData> {
        let session = self.0.session(&context.extensions)?;
        let info = self.get_info().with_instructions(instructions::of(session.view.catalogue.mode));
        Ok(DiscoverResult::from_server_info(self.supported_protocol_versions().into_owned(), info))
    }

    async fn list_tools(&self, page: Page, context: Context) -> Result<ListToolsResult, ErrorData> {
        only_page(page)?;
        Ok(list!(ListToolsResult, self.0.session(&context.extensions)?.view.tools()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: Context,
    ) -> Result<CallToolResponse, ErrorData> {
        let session = self.0.session(&context.extensions)?;
        let unknown = || ErrorData::invalid_params(format!("Unknown tool: {}", request.name), None);
        let entry = session.view.find(&request.name).ok_or_else(unknown)?;
        let mut args = request.arguments.unwrap_or_default();
        if entry.action.spec.effect == Effect::Destroy {
            let brought = Brought { responses: request.input_responses, state: request.request_state };
            let asked = confirm::ask(&*self.0, (&session, entry), &mut args, brought, &context).await?;
            if let Some(instead) = asked {
                return Ok(with_signature(instead));
            }
        }
        let work = catalogue::run(Arc::clone(&session.backend), entry.action, args);
        let done =
            call::run(work, entry.action.spec.effect == Effect::Read, self.0.limit(), &context).await?;
        let result = match done {
            Ok(output) => answer::success(output),
            Err(error) => answer::refusal(&error),
        };
        Ok(with_signature(result.into()))
    }

    async fn list_resources(&self, page: Page, context: Context) -> Result<ListResourcesResult, ErrorData> {
        only_page(page)?;
        Ok(list!(ListResourcesResult, self.0.session(&context.extensions)?.view.resources()))
    }

    async fn list_resource_templates(
        &self,
        page: Page,
        _: Context,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        only_page(page)?;
        Ok(list!(ListResourceTemplatesResult, Vec::new()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: Context,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let session = self.0.session(&context.extensions)?;
        match read::resource(&session, &request.uri, self.0.limit(), &context).await {
            Ok(mut result) => {
                result.meta = Some(signed());
                Ok(result.into())
            }
            Err(Missing::Resource) => {
                let uri = json!({ "uri": request.uri });
                Err(ErrorData::resource_not_found("There is no such resource", Some(uri)))
            }
            Err(Missing::Answer(error)) => Err(error),
        }
    }

    async fn list_prompts(&self, page: Page, context: Context) -> Result<ListPromptsResult, ErrorData> {
        only_page(page)?;
        Ok(list!(ListPromptsResult, prompts::offered(&self.0.session(&context.extensions)?.view)))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: Context,
    ) -> Result<GetPromptResponse, ErrorData> {
        let session = self.0.session(&context.extensions)?;
        let mut result = prompts::get(&session.view, &request.name, &request.arguments.unwrap_or_default())?;
        result.meta = Some(signed());
        Ok(result.into())
    }
}

/// Every list is one page; a cursor is none of ours.
fn only_page(page: Page) -> Result<(), ErrorData> {
    match page.and_then(|page| page.cursor) {
        Some(_) => Err(ErrorData::invalid_params("The cursor is none of this list's", None)),
        None => Ok(()),
    }
}

fn with_signature(mut response: CallToolResponse) -> CallToolResponse {
    match &mut response {
        CallToolResponse::Complete(result) => result.meta = Some(signed()),
        CallToolResponse::InputRequired(result) => result.meta = Some(signed()),
        _ => {}
    }
    response
}
