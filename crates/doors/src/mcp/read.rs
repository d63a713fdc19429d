//! Resources: the first page of a list, as text.

use super::{
    call,
    catalogue::{self, JSON},
    host::CallerSession,
};
use g8_core::{Args, Backend};
use rmcp::{
    ErrorData, RoleServer,
    model::{CacheScope, ReadResourceResult, ResourceContents},
    service::RequestContext,
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// Records of a list that is read without being asked for anything (contract/tools.md §7).
const RECORDS: i64 = 50;

/// Why there is nothing to read.
pub enum Missing {
    Resource,
    Answer(ErrorData),
}

/// Reads a resource.
pub async fn resource<B: Backend>(
    session: &CallerSession<B>,
    uri: &str,
    limit: Duration,
    context: &RequestContext<RoleServer>,
) -> Result<ReadResourceResult, Missing> {
    let source = session.view.source(uri).ok_or(Missing::Resource)?;
    let args = Args::from_iter([("limit".to_owned(), json!(RECORDS))]);
    let work = catalogue::run(Arc::clone(&session.backend), source.action, args);
    let done = call::run(work, true, limit, context).await.map_err(Missing::Answer)?;
    let output =
        done.map_err(|error| Missing::Answer(ErrorData::internal_error(error.message.clone(), None)))?;
    let text = pretty(output.get("data").unwrap_or(&output));
    let contents = ResourceContents::text(text, uri).with_mime_type(JSON);
    Ok(ReadResourceResult::new(vec![contents]).with_ttl_ms(0).with_cache_scope(CacheScope::Private))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}
