//! Inviting somebody.

use super::{PATH, show};
use crate::{CurrentUser, Fields, Posted, view};
use axum::response::{IntoResponse, Response};
use g8_identity::invitation::{CreateInvitation, NewInvitationView};
use maud::{Markup, html};

pub fn card(user: &CurrentUser, asked: &Fields) -> Markup {
    html! {
        form.card method="post" action={ (PATH) "/invite" } {
            h2 { "Invite somebody" }
            (view::csrf(user))
            (view::text_field(view::Input {
                name: "email", label: "E-mail", kind: "email", value: asked.get("email").unwrap_or_default(),
                required: true, autocomplete: "off", ..Default::default()
            }))
            (view::select("role", "Role", asked.get("role").unwrap_or("member"), &view::roles()))
            button type="submit" { "Invite" }
        }
    }
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    match user.send::<CreateInvitation>(fields.args::<CreateInvitation>()).await {
        Ok(made) => link(user, &made).into_response(),
        Err(fault) => show::again(user, fields, fault).await,
    }
}

/// The link, once.
fn link(user: &CurrentUser, made: &NewInvitationView) -> Markup {
    view::page(
        user,
        "Invitation",
        &html! {
            div.head { h1 { "Invitation of " (made.invitation.email) } }
            div.notice.warn {
                @if made.mailed { "The link is on its way to them by mail. " }
                @else { "This server sends no mail: give them the link yourself. " }
                "It is not shown again, and works once."
            }
            div.card {
                (view::copyable("link", &made.link, "Link"))
                p.small.faint {
                    "Whoever opens it joins as " (view::role(made.invitation.role)) ". It ends "
                    (view::when(made.invitation.expires_at)) "."
                }
            }
            a.button href=(PATH) { "Done" }
        },
    )
}
