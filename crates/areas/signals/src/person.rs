//! What events and their deliveries keep of a person.

use futures_util::future::BoxFuture;
use g8_core::{App, DataSubject, KeptData, Sections, events::without_nulls};
use g8_domain::Result;
use g8_storage::privacy;
use serde_json::json;

pub(crate) static KEPT: KeptData = KeptData {
    tables: &["events", "event_links", "deliveries", "delivery_attempts"],
    answers: &[],
    export: |app, who| export(app, who),
    erase: |tx, who| Box::pin(async move { Ok(privacy::erase_events(tx, who.org, who.contact).await?) }),
    erase_copies: |_, _, _| Box::pin(async { Ok(()) }),
};

fn export(app: &App, who: DataSubject) -> BoxFuture<'_, Result<Sections>> {
    Box::pin(async move {
        let events = privacy::events(&mut &app.db, who.org, who.contact).await?;
        let events = events
            .into_iter()
            .map(|event| json!({ "name": event.name, "data": without_nulls(event.data), "at": event.at }));
        Ok([("events".to_owned(), events.collect())].into_iter().collect())
    })
}
