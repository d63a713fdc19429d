//! A deal going to another stage.

use super::{board, show};
use crate::{CurrentUser, PageError, Posted, named, pages::record::then};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use g8_deals::deal::{DealView, GetDeal, MoveDeal};

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.args::<MoveDeal>();
    args.extend(named::<MoveDeal>(&[("deal_id", &id)]));
    let moved = user.send::<MoveDeal>(args).await;
    if user.partial {
        return part(user, &id, moved).await.into_response();
    }
    let to = |deal: DealView| match fields.get("back") {
        Some("board") => format!("/deals?pipeline_id={}", deal.pipeline_id),
        _ => format!("/deals/{id}"),
    };
    then(moved, to, async |fault| show::page(user, &id, Some(fault)).await).await
}

/// The board as it is now; a fault goes with it, for a part of a page has no other place for one.
async fn part(
    user: &CurrentUser,
    id: &str,
    moved: Result<DealView, PageError>,
) -> Result<Response, PageError> {
    let (deal, fault) = match moved {
        Ok(deal) => (Some(deal), None),
        Err(fault) => (user.send::<GetDeal>(named::<GetDeal>(&[("deal_id", id)])).await.ok(), Some(fault)),
    };
    let pipeline = deal.map(|deal| deal.pipeline_id.to_string());
    Ok(board::page(user, pipeline.as_deref(), fault.as_ref()).await?.into_response())
}
