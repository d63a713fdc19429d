//! Telling people what they should know: in the product.

use crate::App;
use g8_domain::{Result, record::Notification};
use g8_storage::{Tx, notifications};
use uuid::Uuid;

/// What somebody should know.
pub(crate) struct News {
    /// Which sort of news, as `webhook.paused`.
    pub kind: &'static str,
    /// One line.
    pub subject: String,
    /// All of it.
    pub text: String,
}

/// Writes it down for a user, or for everybody of the organisation.
pub(crate) async fn write(
    app: &App,
    tx: &mut Tx,
    (org, user): (Uuid, Option<Uuid>),
    news: News,
) -> Result<()> {
    let now = app.clock.now();
    let notification = Notification {
        id: app.entropy.id(now),
        org_id: org,
        user_id: user,
        kind: news.kind.to_owned(),
        subject: news.subject,
        text: news.text,
        created_at: now,
        read_at: None,
    };
    Ok(notifications::insert(tx, &notification).await?)
}
