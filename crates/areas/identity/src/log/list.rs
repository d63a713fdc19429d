//! `GET /logs`

use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Error, Page, Result, Scope, Ts};
use g8_storage::requests::{self, Logged, RequestFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the requests that were made.
pub struct ListRequests;

/// Which requests.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// The one with this id, as answers carry it in X-Request-Id
    #[schemars(length(max = 100))]
    pub request_id: Option<String>,
    /// Answered so: a status as 404, or a class as 4xx
    #[schemars(length(max = 3))]
    pub status: Option<String>,
    /// Made with this API key
    pub api_key_id: Option<Uuid>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

/// A request, and how it was answered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct RequestView {
    pub request_id: String,
    pub method: String,
    /// Without the query; what could be somebody's own stands there as a pattern
    pub path: String,
    pub status: i64,
    pub timestamp: Ts,
    /// From the moment it was let in to its answer
    pub duration_ms: f64,
    /// http or mcp
    pub door: String,
    pub api_key_id: Uuid,
    pub api_key_name: Option<String>,
}

impl From<Logged> for RequestView {
    fn from(logged: Logged) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "no request takes centuries")]
        let duration_ms = logged.duration_us as f64 / 1000.0;
        Self {
            request_id: logged.request_id,
            method: logged.method,
            path: logged.path,
            status: logged.status,
            timestamp: logged.at,
            duration_ms,
            door: logged.door,
            api_key_id: logged.key_id,
            api_key_name: logged.key_name,
        }
    }
}

impl Operation for ListRequests {
    const SPEC: Spec = Spec::on(Verb::Get, "/logs", "log.list", &[Scope::LOGS_READ])
        .about("List the requests of the last 7 days and how they were answered, newest first")
        .page()
        .command(&["logs"]);
    type Input = Input;
    type Output = Page<RequestView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<RequestView>> {
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let status = input.status.as_deref().map(span).transpose()?;
        // Who has made a request looks for it now.
        ctx.app.requests.flush(ctx.db()).await?;
        let filter = RequestFilter {
            request: input.request_id.map(|id| id.trim().to_owned()),
            key: input.api_key_id,
            status,
        };
        let rows = requests::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
        Ok(input.paging.page(ctx, rows, |logged| logged.id).map(RequestView::from))
    }
}

/// The statuses that `404` or `4xx` stands for: the first, and the one behind the last.
fn span(text: &str) -> Result<(i64, i64)> {
    let class = text.strip_suffix("xx").or(text.strip_suffix("XX")).and_then(|class| class.parse().ok());
    match (class, text.parse()) {
        (Some(class @ 1..=5), _) => Ok((class * 100, class * 100 + 100)),
        (_, Ok(status @ 100..=599)) => Ok((status, status + 1)),
        _ => Err(Error::field("status", "must be a status as 404, or a class as 4xx")),
    }
}
