//! `GET /notifications`

use super::NotificationView;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope};
use g8_storage::notifications;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the notifications.
pub struct ListNotifications;

/// Which notifications.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Only those that nobody has read
    pub unread: Option<bool>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListNotifications {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/notifications", "notification.list", &[Scope::NOTIFICATIONS_READ])
            .about(
                "List what you should know, newest first; a personal key sees its person's and everybody's",
            )
            .page()
            .command(&["notifications"]);
    type Input = Input;
    type Output = Page<NotificationView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<NotificationView>> {
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let which = (ctx.caller.key.user_id, input.unread == Some(true));
        let rows = notifications::page(&mut ctx.db(), ctx.org(), which, &slice).await?;
        Ok(input.paging.page(ctx, rows, |notification| notification.id).map(NotificationView::from))
    }
}
