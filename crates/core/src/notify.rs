//! Telling people what they should know: in the product, and by mail where that is configured.

use crate::{
    App,
    jobs::{Job, Next, Pool, Run, enqueue},
};
use g8_connect::Letter;
use g8_domain::{
    Error, Result,
    record::{Notification, Role},
};
use g8_storage::{Tx, notifications, users};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What somebody should know.
pub struct News {
    /// Which sort of news, as `webhook.paused`.
    pub kind: &'static str,
    /// One line.
    pub subject: String,
    /// All of it.
    pub text: String,
}

/// Writes it down for a user, or for everybody of the organisation.
pub async fn write(app: &App, tx: &mut Tx, (org, user): (Uuid, Option<Uuid>), news: News) -> Result<()> {
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
    notifications::insert(tx, &notification).await?;
    if app.config.mail.is_some() {
        enqueue(app, tx, Some(org), &NotificationMail { notification_id: notification.id }).await?;
    }
    Ok(())
}

/// Sends a notification by mail: to its user, else to everybody who administers the organisation.
#[derive(Debug, Serialize, Deserialize)]
pub struct NotificationMail {
    notification_id: Uuid,
}

impl Job for NotificationMail {
    const KIND: &'static str = "mail";
    const POOL: Pool = Pool::NETWORK;

    async fn run(&self, run: &Run) -> Result<Next> {
        let on = &mut &run.app.db;
        let Some(mailer) = run.app.mailer()? else { return Ok(Next::Done) };
        let Some(news) = notifications::get(on, run.org()?, self.notification_id).await? else {
            return Ok(Next::Done);
        };
        let members = users::members(on, news.org_id).await?;
        let meant = members.iter().filter(|(user, role)| match news.user_id {
            Some(id) => user.id == id,
            None => *role == Role::Admin,
        });
        let id = news.id.to_string();
        for (user, _) in meant {
            let letter = Letter { id: &id, to: &user.email, subject: &news.subject, text: &news.text };
            mailer.send(letter).await.map_err(Error::internal)?;
        }
        Ok(Next::Done)
    }
}
