//! How an assistant is connected: it signs in by itself and needs no key.

use crate::{CurrentUser, view};
use maud::{Markup, html};
use serde_json::{Value, json};

pub fn card(user: &CurrentUser) -> Markup {
    let url = format!("{}/mcp/", user.anonymous.site.public_url);
    html! {
        section.card.stack {
            h2 { "Connect an assistant (MCP)" }
            p.faint { "It opens this site in your browser and asks you what it may do. No key is needed." }
            (view::copyable("mcp-desktop", &url, "Claude Desktop: Settings, Connectors, Add custom connector"))
            (view::copyable("mcp-code", &format!("claude mcp add --transport http g8 {url}"), "Claude Code: in a terminal"))
            (view::copyable("mcp-cursor", &remote(&url, "url"), "Cursor: .cursor/mcp.json"))
            (view::copyable("mcp-windsurf", &remote(&url, "serverUrl"), "Windsurf: mcp_config.json"))
        }
    }
}

fn remote(url: &str, field: &str) -> String {
    let servers: Value = json!({ "mcpServers": { "g8": { field: url } } });
    serde_json::to_string_pretty(&servers).unwrap_or_default()
}
