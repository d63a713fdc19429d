//! Which organisation one works in.

use crate::{CurrentUser, PageError, Posted, view};
use axum::response::Response;
use g8_domain::Error;
use g8_identity::people::{places, switch_org};
use maud::{Markup, html};

pub async fn show(visitor: CurrentUser) -> Result<Markup, PageError> {
    let places = places(&visitor.stranger.site.app, visitor.caller()).await?;
    let here = visitor.caller().org.id;
    Ok(view::page(
        &visitor,
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
                                            (view::csrf(&visitor))
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
    let (visitor, stranger) = (&posted.visitor, &posted.visitor.stranger);
    let org = posted.fields.get("organization_id").and_then(|id| id.parse().ok());
    let org = org.ok_or_else(|| Error::field("organization_id", "must be the id of an organization"))?;
    let signed = switch_org(&stranger.site.app, visitor.caller(), org, &stranger.origin).await?;
    Ok(stranger.start_session(&signed, None))
}
