//! Assistants that one has let in.

use crate::{CurrentUser, PageError, Posted, view};
use axum::{extract::Path, response::Redirect};
use g8_domain::Scope;
use g8_identity::{
    assistant::AssistantView,
    profile::{EndOwnAssistant, ListOwnAssistants},
};
use maud::{Markup, html};

/// Who they are, with what they may do.
pub async fn card(user: &CurrentUser) -> Result<Markup, PageError> {
    let connected =
        user.send::<ListOwnAssistants>([("limit".to_owned(), 200.into())].into_iter().collect()).await?;
    Ok(html! {
        h2 #assistants { "Connected assistants" }
        @if connected.data.is_empty() {
            div.card.empty { p.faint { "None yet. Connect one with the address below; it asks you first." } }
        } @else {
            div.card.sheet {
                table {
                    thead {
                        tr {
                            th { "Assistant" } th { "May" } th { "Let in" } th { "Last used" } th { "Ends unless used" }
                            th { span.sr { "Actions" } }
                        }
                    }
                    tbody { @for assistant in &connected.data { (row(user, assistant)) } }
                }
            }
        }
    })
}

fn row(user: &CurrentUser, assistant: &AssistantView) -> Markup {
    let action = format!("/profile/developer/assistants/{}/disconnect", assistant.id);
    html! {
        tr {
            td data-label="Assistant" {
                div { strong { (assistant.client_name) } div.small.faint.break { (assistant.redirect_host) } }
            }
            td data-label="May" { (scopes(assistant)) }
            td data-label="Let in" { (view::when(assistant.created_at)) }
            td data-label="Last used" { (view::when_or(assistant.last_used_at, "never")) }
            td data-label="Ends unless used" { (view::when_or(assistant.expires_at, "never")) }
            td {
                @if user.may(Scope::PROFILE_WRITE) {
                    (view::asking(user, &action, &format!("Disconnect {}", assistant.client_name),
                        "It is refused from its next request on.", &html! {}))
                }
            }
        }
    }
}

/// Few are shown; many are counted.
fn scopes(assistant: &AssistantView) -> Markup {
    match assistant.scopes.as_slice() {
        [all] if all == "*" => html! { "Everything that you may" },
        few if few.len() <= 3 => html! { div { (view::tags(few)) } },
        many => html! { details.more { summary { (many.len()) " scopes" } div { (view::tags(many)) } } },
    }
}

pub async fn disconnect(Path(id): Path<String>, posted: Posted) -> Result<Redirect, PageError> {
    posted
        .user
        .send::<EndOwnAssistant>([("assistant_id".to_owned(), id.into())].into_iter().collect())
        .await?;
    Ok(Redirect::to("/profile/developer#assistants"))
}
