//! Who was invited and has not come yet.

use super::PATH;
use crate::{CurrentUser, PageError, view};
use g8_domain::Scope;
use g8_identity::invitation::{InvitationView, ListInvitations};
use maud::{Markup, html};

/// The open invitations; nothing where there is none.
pub async fn card(user: &CurrentUser) -> Result<Markup, PageError> {
    let open = user.send::<ListInvitations>(Default::default()).await?;
    Ok(html! {
        @if !open.is_empty() {
            h2 { "Invited" }
            div.card.sheet {
                table {
                    thead {
                        tr {
                            th { "E-mail" } th { "Role" } th { "Invited by" } th { "Link ends" }
                            th { span.sr { "Actions" } }
                        }
                    }
                    tbody { @for invitation in &open { (row(user, invitation)) } }
                }
            }
        }
    })
}

fn row(user: &CurrentUser, invitation: &InvitationView) -> Markup {
    html! {
        tr {
            td.keep data-label="E-mail" { (invitation.email) }
            td data-label="Role" { (view::role(invitation.role)) }
            td data-label="Invited by" { (invitation.created_by.as_deref().unwrap_or("—")) }
            td data-label="Link ends" { (view::when(invitation.expires_at)) }
            td {
                @if user.may(Scope::MEMBERS_WRITE) {
                    form method="post" action={ (PATH) "/invitations/" (invitation.id) "/revoke" } {
                        (view::csrf(user))
                        button.bad.small type="submit" aria-label={ "Take back the invitation of " (invitation.email) } {
                            "Take back"
                        }
                    }
                }
            }
        }
    }
}
