//! `POST /notifications/{notification_id}/read`

use super::NotificationView;
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::notifications;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Mark a notification as read.
pub struct ReadNotifications;

/// Which notification.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the notification
    pub notification_id: Uuid,
}

impl Operation for ReadNotifications {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/notifications/{notification_id}/read",
        "notification.read",
        &[Scope::NOTIFICATIONS_WRITE],
    )
    .about("Mark a notification as read")
    .effect(Effect::Put)
    .command(&["read-notification"]);
    type Input = Input;
    type Output = NotificationView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NotificationView> {
        let which = (input.notification_id, ctx.caller.key.user_id);
        let mut tx = ctx.begin().await?;
        let read = notifications::read(&mut tx, ctx.org(), which, ctx.now()).await?;
        let read = read.ok_or_else(|| Error::not_found("notification", input.notification_id))?;
        tx.commit(read.into()).await
    }
}
