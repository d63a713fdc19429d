//! What is done to a webhook and to its deliveries.

use super::{one, path, secret, show};
use crate::{Fields, PageError, Posted};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use g8_core::Args;
use g8_domain::Ts;
use g8_signals::webhook::{
    DeleteWebhook, RedeliverEvent, RedeliverMissing, RotateWebhookSecret, TestWebhook, UpdateWebhook,
};
use maud::html;

/// What came of the test is shown at once: it is stored nowhere.
pub async fn test(Path(id): Path<String>, posted: Posted) -> Response {
    let user = &posted.user;
    let tested = match user.send::<TestWebhook>(one("webhook_id", &id)).await {
        Ok(tested) => tested,
        Err(fault) => return show::again(user, &id, fault).await,
    };
    let news = match (tested.response_code, &tested.error) {
        (Some(code), None) => {
            html! { div.notice.good role="status" { "The test arrived: the receiver answered " (code) "." } }
        }
        (_, error) => html! {
            div.notice.bad role="alert" { "The test did not arrive: " (error.as_deref().unwrap_or("no answer")) }
        },
    };
    show::page(user, &id, &Fields::default(), &news).await.into_response()
}

pub async fn resume(Path(id): Path<String>, posted: Posted) -> Response {
    turn(&id, &posted, true).await
}

pub async fn pause(Path(id): Path<String>, posted: Posted) -> Response {
    turn(&id, &posted, false).await
}

async fn turn(id: &str, posted: &Posted, active: bool) -> Response {
    let mut args = one("webhook_id", id);
    args.insert("is_active".to_owned(), active.into());
    back(posted, id, posted.user.send::<UpdateWebhook>(args).await).await
}

pub async fn rotate(Path(id): Path<String>, posted: Posted) -> Response {
    match posted.user.send::<RotateWebhookSecret>(one("webhook_id", &id)).await {
        Ok(made) => secret::page(&posted.user, &made).into_response(),
        Err(fault) => show::again(&posted.user, &id, fault).await,
    }
}

pub async fn resend_missing(Path(id): Path<String>, posted: Posted) -> Response {
    let hours: i64 = posted.fields.get("hours").and_then(|hours| hours.parse().ok()).unwrap_or(24);
    let now = posted.user.anonymous.site.app.clock.now();
    let since = now.plus(-hours.clamp(1, 24 * 366) * 3600 * Ts::SECOND);
    let mut args = one("webhook_id", &id);
    args.insert("since".to_owned(), since.to_string().into());
    back(&posted, &id, posted.user.send::<RedeliverMissing>(args).await).await
}

pub async fn resend(Path((id, delivery)): Path<(String, String)>, posted: Posted) -> Response {
    let args: Args =
        [("webhook_id".to_owned(), id.clone().into()), ("delivery_id".to_owned(), delivery.into())]
            .into_iter()
            .collect();
    back(&posted, &id, posted.user.send::<RedeliverEvent>(args).await).await
}

pub async fn delete(Path(id): Path<String>, posted: Posted) -> Response {
    match posted.user.send::<DeleteWebhook>(one("webhook_id", &id)).await {
        Ok(_) => Redirect::to("/settings/webhooks").into_response(),
        Err(fault) => show::again(&posted.user, &id, fault).await,
    }
}

/// Back to the webhook.
async fn back<T>(posted: &Posted, id: &str, done: Result<T, PageError>) -> Response {
    match done {
        Ok(_) => Redirect::to(&path(id)).into_response(),
        Err(fault) => show::again(&posted.user, id, fault).await,
    }
}
