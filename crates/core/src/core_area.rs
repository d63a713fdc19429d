//! What core itself does as an area: it deletes by age, and mails what people should know.

use crate::{
    App, Area, JobKind,
    area::{DataSubject, KeptData, PersonalData, Retain, Sections, days_ago},
    idempotency::KEPT,
    jobs::Sweep,
    notify::NotificationMail,
    sealed::ResealValues,
};
use futures_util::future::BoxFuture;
use g8_domain::{Result, Ts};
use g8_storage::{Tx, audit, confirmations, idempotency, jobs, privacy, requests};
use uuid::Uuid;

/// How long the log of requests is kept (contract/platform.md §4.1).
const REQUESTS: i64 = 7 * Ts::DAY;

/// The engines' own part of a product: it is listed like any other area.
pub static CORE: Area = Area {
    name: "core",
    operations: &[],
    order: &[],
    events: &[],
    jobs: &[JobKind::of::<Sweep>(), JobKind::of::<NotificationMail>(), JobKind::of::<ResealValues>()],
    scopes: &[],
    readers: &[],
    retain: Retain::Until(|app, tx, now, limit| Box::pin(forget(app, tx, now, limit))),
    person: PersonalData::Kept(&KeptData {
        tables: &["idempotency", "jobs"],
        answers: &[],
        export: |_, _| Box::pin(async { Ok(Sections::new()) }),
        erase: |_, _: DataSubject| Box::pin(async { Ok(()) }),
        erase_copies,
    }),
};

async fn forget(app: &App, tx: &mut Tx, now: Ts, limit: i64) -> Result<u64> {
    let mut gone = idempotency::forget(tx, now.plus(-KEPT), limit).await?;
    gone += requests::forget(tx, g8_storage::events::first_id(now.plus(-REQUESTS)), limit).await?;
    gone += confirmations::forget(tx, now, limit).await?;
    if let Some(before) = days_ago(now, app.config.keep.jobs) {
        gone += jobs::forget(tx, before, limit).await?;
    }
    if let Some(before) = days_ago(now, app.config.keep.audit) {
        gone += audit::forget(tx, before, limit).await?;
    }
    Ok(gone)
}

fn erase_copies(tx: &mut Tx, org: Uuid, _: Ts) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move { Ok(privacy::erase_ended_jobs(tx, org).await?) })
}
