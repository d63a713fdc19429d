//! The database, and what is in it that should not be.

use super::{Finding, clock, sealed};
use g8_config::Settings;
use g8_core::{Clock, without_plan};
use g8_domain::Ts;
use g8_storage::{
    Db, StorageError, StorageResult, audit, jobs, orgs,
    snapshot::{self, DatabaseState},
};

const CHECK: &str = "database";
/// Jobs that wait longer than this wait for a worker that is not there.
const LATE: i64 = 300;

pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let condition = match snapshot::examine(&settings.database_url).await {
        Ok(Some(condition)) => condition,
        Ok(None) => {
            let says = "there is none yet; the first start of g8-server makes it";
            return vec![Finding::warn(CHECK, says), clock(None)];
        }
        // Those name the way out themselves.
        Err(StorageError::Open(why)) => return vec![Finding::fail(CHECK, why), clock(None)],
        Err(error) => {
            let says =
                format!("it cannot be read: {error}; restore a backup, or name another by --database-url");
            return vec![Finding::fail(CHECK, says), clock(None)];
        }
    };
    let mut findings = vec![state(&condition), migrations(&condition)];
    if condition.faults.is_empty() && condition.migration == snapshot::newest_migration() {
        let inside = inside(settings).await;
        findings.extend(inside.unwrap_or_else(|error| {
            vec![Finding::fail(CHECK, format!("it cannot be read: {error}; look into the server's log"))]
        }));
    } else {
        findings.push(clock(None));
    }
    findings
}

fn state(condition: &DatabaseState) -> Finding {
    let size = condition.bytes / (1 << 20);
    match condition.faults.as_slice() {
        [] => {
            Finding::ok(CHECK, format!("{} answers, with {size} MiB and no fault found", condition.version))
        }
        faults => Finding::fail(
            CHECK,
            format!("{} is damaged: {}; restore a backup", condition.version, faults.join("; ")),
        ),
    }
}

fn migrations(condition: &DatabaseState) -> Finding {
    const CHECK: &str = "migrations";
    let (has, knows) = (condition.migration, snapshot::newest_migration());
    if has > knows {
        let says =
            format!("the database has migration {has} and this program knows {knows}; run the newer release");
        return Finding::fail(CHECK, says);
    }
    if has == 0 {
        return Finding::warn(CHECK, "the database is empty; the first start of g8-server fills it");
    }
    if has < knows {
        let says = format!(
            "the database has migration {has} of {knows}; make a backup, then run g8-server migrate or start it"
        );
        return Finding::warn(CHECK, says);
    }
    Finding::ok(CHECK, format!("the database is up to date ({has})"))
}

/// Looks inside a database of this release's shape: opening it changes nothing.
async fn inside(settings: &Settings) -> StorageResult<Vec<Finding>> {
    let db = Db::open(&settings.database_url).await?;
    let plans = plans(settings, &db).await?;
    let jobs = [dead_jobs(&db).await?, late_jobs(&db).await?];
    let sealed = sealed::examine(settings, &db).await;
    let newest = audit::newest(&mut &db).await?;
    db.close().await;
    Ok([plans, sealed].into_iter().chain(jobs).chain([clock(newest)]).collect())
}

async fn plans(settings: &Settings, db: &Db) -> StorageResult<Finding> {
    const CHECK: &str = "plans";
    let orgs = orgs::all(&mut &*db).await?.len();
    let unknown = without_plan(&settings.plans, db).await?;
    Ok(match unknown.as_slice() {
        [] => Finding::ok(CHECK, format!("all of {orgs} organizations have one that is configured")),
        unknown => Finding::warn(
            CHECK,
            format!(
                "{}, which the configuration does not have, so it counts as the lowest of all; add it there, or give \
                 another by g8-server org plan, or another key",
                unknown.join(", ")
            ),
        ),
    })
}

async fn dead_jobs(db: &Db) -> StorageResult<Finding> {
    const CHECK: &str = "dead jobs";
    let tally = jobs::tally(&mut &*db).await?;
    let dead = tally.iter().find(|tally| tally.state == "dead").map_or(0, |tally| tally.n);
    Ok(match dead {
        0 => Finding::ok(CHECK, "there are none"),
        dead => {
            Finding::warn(CHECK, format!("{dead} failed for good; g8-server jobs list --state dead says why"))
        }
    })
}

async fn late_jobs(db: &Db) -> StorageResult<Finding> {
    const CHECK: &str = "late jobs";
    let due = jobs::first_due(&mut &*db).await?;
    let late = due.map_or(0, |due| (Clock::System.now().0 - due.0) / Ts::SECOND);
    Ok(if late > LATE {
        Finding::warn(
            CHECK,
            format!("the oldest waits since {late} seconds; start g8-server, or look into its log"),
        )
    } else {
        Finding::ok(CHECK, "none has waited long")
    })
}
