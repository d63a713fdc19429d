//! What deals and tasks keep of a person.

use futures_util::future::BoxFuture;
use g8_core::{App, DataSubject, KeptData, Sections};
use g8_domain::Result;
use g8_storage::{privacy, tasks};
use serde_json::json;

pub(crate) static KEPT: KeptData = KeptData {
    tables: &["deal_contacts", "deal_notes", "deals", "tasks", "task_links"],
    answers: &["deal", "task"],
    export: |app, who| export(app, who),
    erase: |tx, who| Box::pin(async move { Ok(privacy::erase_from_deals(tx, who.org, who.contact).await?) }),
    erase_copies: |_, _, _| Box::pin(async { Ok(()) }),
};

fn export(app: &App, who: DataSubject) -> BoxFuture<'_, Result<Sections>> {
    Box::pin(async move {
        let on = &mut &app.db;
        let deals = privacy::deals(on, who.org, who.contact).await?;
        let deals = deals.into_iter().map(|deal| {
            json!({ "deal_id": deal.deal_id, "name": deal.name, "stage": deal.stage, "role": deal.role })
        });
        let tasks = tasks::about(on, who.org, &format!("contact:{}", who.contact)).await?;
        let tasks = tasks.into_iter().map(|task| {
            json!({
                "title": task.title, "description": task.description, "status": task.status,
                "due_date": task.due_date, "created_by": task.created_by, "created_at": task.created_at,
            })
        });
        Ok([("tasks".to_owned(), tasks.collect()), ("deals".to_owned(), deals.collect())]
            .into_iter()
            .collect())
    })
}
