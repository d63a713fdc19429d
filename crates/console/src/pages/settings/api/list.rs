//! The keys that there are.

use crate::{CurrentUser, PageError, Query, view};
use g8_domain::{Page, Scope};
use g8_identity::key::{KeyView, ListKeys};
use maud::{Markup, html};

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let keys = user.send::<ListKeys>(query.args::<ListKeys>()).await?;
    Ok(view::page(
        &user,
        "API keys",
        &html! {
            div.head {
                h1 { "API keys" }
                @if user.may(Scope::API_KEYS_WRITE) { a.button href="/settings/api/new" { "Create API key" } }
                p.sub { "For programs and shared integrations. Each opens what its scopes say, and nothing else." }
            }
            @if keys.data.is_empty() {
                (view::empty("No keys yet", &html! { "Create the first one here, or with a key that may:" },
                    &view::curl(&user, "POST", "/api-keys", Some(r#"{"name": "CRM sync", "scopes": ["contacts"]}"#))))
            } @else {
                (table(&user, &keys))
                (view::pager("/settings/api", &query, keys.pagination.next_cursor.as_deref()))
            }
        },
    ))
}

/// The keys, with what can be done to each.
pub fn table(user: &CurrentUser, keys: &Page<KeyView>) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead {
                    tr {
                        th { "Name" } th { "Scopes" } th { "Created" } th { "Last used" } th { "Key" } th { "Expires" }
                        th { span.sr { "Actions" } }
                    }
                }
                tbody { @for key in &keys.data { (row(user, key)) } }
            }
        }
    }
}

fn row(user: &CurrentUser, key: &KeyView) -> Markup {
    let shown = if key.areas.is_empty() { &key.scopes } else { &key.areas };
    let path = format!("/settings/api/{}", key.id);
    html! {
        tr {
            td data-label="Name" {
                strong { (key.name) }
                @if key.user_id.is_some() { " " (view::tag("personal", "")) }
            }
            td data-label="Scopes" { div { (view::tags(shown)) } }
            td data-label="Created" { (view::when(key.created_at_iso)) }
            td data-label="Last used" { (view::when_or(key.last_used_at_iso, "never")) }
            td data-label="Key" { code { (key.key_prefix) "…" } }
            td data-label="Expires" { (view::when_or(key.expires_at_iso, "never")) }
            td {
                div.stack {
                    (view::asking(user, &format!("{path}/rotate"), "Rotate",
                        "A new key takes its place. The old one goes on for as long as you say.", &grace(key)))
                    (view::asking(user, &format!("{path}/revoke"), "Revoke",
                        "Every program that uses it is refused from its next request on.", &view::hidden("back", &user.path)))
                }
            }
        }
    }
}

fn grace(key: &KeyView) -> Markup {
    let id = format!("grace-{}", key.id);
    html! {
        div.field {
            label for=(id) { "The old one stops" }
            select #(id) name="grace_period_seconds" {
                option value="0" { "at once" }
                option value="3600" { "in an hour" }
                option value="86400" { "in a day" }
                option value="604800" { "in a week" }
            }
        }
    }
}
