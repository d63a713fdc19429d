//! Which organisation one works in.

use crate::{CurrentUser, PageError, Posted, view};
use axum::response::Response;
use g8_domain::Error;
use g8_identity::people::{places, switch_org};
use maud::{Markup, html};

pub async fn show(user: CurrentUser) -> Result<Markup, PageError> {
    let places = places(&user.anonymous.site.app, user.caller()).await?;
    let here = user.caller().org.id;
    Ok(view::page(
        &user,
        "Organizations",
        &html! {
            div.head { h1 { "Organizations" } }
            div.card.sheet {
                table {
                    thead { tr { th { "Name" } th { "Your role" } th { span.sr { "Actions" } } } }
                    tbody {
                        @for (org, role) in &places {
                            tr {
                                td data-label="Name" { (org.name) }
                                td data-label="Your role" { (view::role(*role)) }
                                td {
                                    @if org.id == here { (view::tag("here", "good")) }
                                    @else {
                                        form method="post" action="/profile/organizations" {
                                            (view::csrf(&user))
                                            (view::hidden("organization_id", &org.id.to_string()))
                                            button.plain.small type="submit" aria-label={ "Work in " (org.name) } { "Work here" }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}

pub async fn switch(posted: Posted) -> Result<Response, PageError> {
    let (user, anonymous) = (&posted.user, &posted.user.anonymous);
    let org = posted.fields.get("organization_id").and_then(|id| id.parse().ok());
    let org = org.ok_or_else(|| Error::field("organization_id", "must be the id of an organization"))?;
    let signed = switch_org(&anonymous.site.app, user.caller(), org, &anonymous.origin).await?;
    Ok(anonymous.start_session(&signed, None))
}
