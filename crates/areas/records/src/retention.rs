//! What goes by itself: files that were given up, imports and exports that are done, and what was deleted long ago.

use g8_core::{App, DataSubject, days_ago};
use g8_domain::{Result, Ts};
use g8_storage::{Tx, columns, events::first_id, exports, files, imports, lists, privacy};

/// Imports, exports and files in one transaction: they are large.
const FILES: i64 = 10;
/// People and companies in one transaction: much hangs on each.
const HIDDEN: i64 = 100;

pub(crate) async fn forget(app: &App, tx: &mut Tx, now: Ts, limit: i64) -> Result<u64> {
    let mut gone = imports::expire(tx, (now.plus(-Ts::DAY), now), FILES).await?;
    // An upload that was given up a day ago: ids begin with the time.
    gone += files::forget(tx, first_id(now.plus(-Ts::DAY)), FILES).await?;
    if let Some(before) = days_ago(now, app.config.keep.transfers) {
        gone += imports::forget(tx, before, FILES).await? + exports::forget(tx, before, FILES).await?;
    }
    if let Some(before) = days_ago(now, app.config.keep.deleted) {
        gone += forget_deleted(app, tx, before, limit).await?;
    }
    Ok(gone)
}

async fn forget_deleted(app: &App, tx: &mut Tx, before: Ts, limit: i64) -> Result<u64> {
    let mut gone = 0;
    for hidden in privacy::hidden(tx, before, HIDDEN).await? {
        app.erase_person(tx, DataSubject { org: hidden.org_id, contact: hidden.id }).await?;
        gone += 1;
    }
    gone += privacy::erase_hidden_companies(tx, before, HIDDEN).await?;
    Ok(gone + lists::forget(tx, before, limit).await? + columns::forget(tx, before, limit).await?)
}
