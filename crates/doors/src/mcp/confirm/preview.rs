//! What a call would destroy, in words.

use super::{CallerSession, Entry};
use crate::mcp::catalogue;
use g8_core::{Args, Backend};
use g8_domain::{ErrorKind, Result};
use serde_json::Value;
use std::sync::Arc;

/// What people know a record by.
const NAMES: [&str; 6] = ["name", "title", "first_name", "last_name", "work_email", "domain"];

/// One sentence about the call, and what the tool does.
///
/// # Errors
/// The record is not there.
pub async fn of<B: Backend>(session: &CallerSession<B>, entry: &Entry, args: &Args) -> Result<String> {
    let title = entry.tool.title.as_deref().unwrap_or(&entry.tool.name);
    let with: Vec<String> = args.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect();
    let known = match name(session, entry, args).await? {
        Some(name) => format!(" (\"{name}\")"),
        None => String::new(),
    };
    Ok(format!("{title}: {}{known}. What it does: {}.", with.join(", "), entry.action.spec.about))
}

/// The name of the record that the call is about, where an operation at the same path reads it.
async fn name<B: Backend>(session: &CallerSession<B>, entry: &Entry, args: &Args) -> Result<Option<String>> {
    let Some(read) = session.view.catalogue.reader(entry.action.spec.path) else { return Ok(None) };
    let in_path = |name: &&String| entry.action.spec.path.contains(&format!("{{{name}}}"));
    let ids = args.iter().filter(|(name, _)| in_path(name));
    let ids: Args = ids.map(|(name, value)| (name.clone(), value.clone())).collect();
    match catalogue::run(Arc::clone(&session.backend), read, ids).await {
        Ok(record) => {
            let parts: Vec<&str> = NAMES.iter().filter_map(|name| record[*name].as_str()).collect();
            Ok((!parts.is_empty()).then(|| parts.join(" ")))
        }
        Err(error) if error.kind == ErrorKind::NotFound => Err(error),
        // Who may delete and not read confirms by the id.
        Err(_) => Ok(None),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
