//! What core itself does as an area: it deletes by age, and mails what people should know.

use crate::{
    App, Area, JobKind,
    area::{DataSubject, KeptData, PersonalData, Retain, Sections},
    idempotency::KEPT,
    jobs::Sweep,
    notify::Mail,
    sealed::ResealValues,
};
use futures_util::future::BoxFuture;
use g8_domain::{Result, Ts};
use g8_storage::{Tx, audit, confirmations, idempotency, jobs, privacy, requests};
use uuid::Uuid;

/// How long the log of requests is kept (contract/platform.md §4.1).
const REQUESTS: i64 = 7 * Ts::DAY;

/// The engines' own part of every product.
pub(crate) static AREA: Area = Area {
    name: "core",
    operations: &[],
    order: &[],
    events: &[],
    jobs: &[JobKind::of::<Sweep>(), JobKind::of::<Mail>(), JobKind::of::<ResealValues>()],
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

/// The end of what is kept for so many days; none for what is kept for good.
#[must_use]
pub fn days_ago(now: Ts, days: i64) -> Option<Ts> {
    (days > 0).then(|| now.plus(-days.saturating_mul(Ts::DAY)))
}

fn erase_copies(tx: &mut Tx, org: Uuid, _: Ts) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move { Ok(privacy::erase_ended_jobs(tx, org).await?) })
}
