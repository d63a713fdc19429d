//! A key's secret, once.

use crate::{CurrentUser, view};
use g8_identity::key::NewKeyView;
use maud::{Markup, html};
use serde_json::{Value, json};

/// The secret, and how to use it.
pub fn page(user: &CurrentUser, made: &NewKeyView) -> Markup {
    let (token, url) = (&made.token, &user.anonymous.site.public_url);
    let curl = format!("curl -H \"Authorization: Bearer {token}\" \\\n  {url}/api/v1/me");
    view::page(
        user,
        "New API key",
        &html! {
            div.head { h1 { "Your key “" (made.key.name) "”" } }
            div.notice.warn { "Copy it now: it is not shown again, and nobody can look it up." }
            div.card { (view::copyable("token", token, "API key")) }
            div.card { (view::copyable("curl", &curl, "Try it")) }
            div.card.stack {
                h2 { "For assistants (MCP)" }
                (view::copyable("mcp-local", &pretty(&local(token, url)), "Claude Desktop: claude_desktop_config.json"))
                (view::copyable("mcp-code", &claude_code(token, url), "Claude Code: in a terminal"))
                (view::copyable("mcp-remote", &pretty(&remote(token, url, "url")), "Cursor: .cursor/mcp.json"))
                (view::copyable("mcp-windsurf", &pretty(&remote(token, url, "serverUrl")), "Windsurf: mcp_config.json"))
                p.small.faint {
                    "Assistants that sign in by themselves need no key: give them " code { (url) "/mcp/" } " and nothing else."
                }
            }
            a.button href=(if made.key.user_id.is_some() { "/profile/developer" } else { "/settings/api" }) { "I have stored it" }
        },
    )
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn local(token: &str, url: &str) -> Value {
    let env = json!({ "G8_API_KEY": token, "G8_API_URL": url, "G8_MCP_MODE": "gtm" });
    json!({ "mcpServers": { "g8": { "command": "g8-mcp-server", "args": [], "env": env } } })
}

fn remote(token: &str, url: &str, field: &str) -> Value {
    let headers = json!({ "Authorization": format!("Bearer {token}") });
    json!({ "mcpServers": { "g8": { field: format!("{url}/mcp/"), "headers": headers } } })
}

fn claude_code(token: &str, url: &str) -> String {
    format!("claude mcp add --transport http g8 {url}/mcp/ \\\n  --header \"Authorization: Bearer {token}\"")
}
