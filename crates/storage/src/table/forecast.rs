//! What deals add up to.

use crate::{Session, arg::args, error::StorageResult, row::record};
use g8_domain::Ts;
use uuid::Uuid;

/// Open deals of one currency, one chance and one month.
#[derive(Debug, Clone)]
pub struct Expected {
    /// Of the amounts.
    pub currency: String,
    /// As `2026-12`; `overdue` before the first month, `later` after the last, none without a date.
    pub month: Option<String>,
    /// In percent.
    pub probability: i64,
    /// How many.
    pub n: i64,
    /// Their sum, in hundredths.
    pub amount: i64,
}
record!(Expected => currency, month, probability, n, amount);

/// The open deals, of one pipeline or all, by month of closing: from the day `first`, before the day `end`.
pub async fn expected(
    on: &mut impl Session,
    org: Uuid,
    pipeline: Option<Uuid>,
    (first, end): (&str, &str),
) -> StorageResult<Vec<Expected>> {
    let sql = "SELECT due.currency, due.month, due.probability, COUNT(*) AS n, CAST(SUM(due.amount) AS BIGINT) AS amount
               FROM (SELECT d.currency AS currency, COALESCE(d.amount, 0) AS amount, s.probability AS probability,
                     CASE WHEN d.close_date < $3 THEN 'overdue' WHEN d.close_date >= $4 THEN 'later'
                          ELSE substr(d.close_date, 1, 7) END AS month
                     FROM deals d JOIN stages s ON s.id = d.stage_id
                     WHERE d.org_id = $1 AND (d.pipeline_id = $2 OR $2 IS NULL) AND s.stage_type = 'open') AS due
               GROUP BY due.currency, due.month, due.probability ORDER BY due.currency, due.month, due.probability";
    on.rows(sql, args![org, pipeline, first, end]).await
}

/// Won deals of one currency.
#[derive(Debug, Clone)]
pub struct Won {
    /// Of the amounts.
    pub currency: String,
    /// How many.
    pub n: i64,
    /// Their sum, in hundredths.
    pub amount: i64,
    /// How many of late.
    pub late_n: i64,
    /// The sum of these.
    pub late_amount: i64,
}
record!(Won => currency, n, amount, late_n, late_amount);

/// The won deals, of one pipeline or all, and of them those that were won since `since`.
pub async fn won(
    on: &mut impl Session,
    org: Uuid,
    pipeline: Option<Uuid>,
    since: Ts,
) -> StorageResult<Vec<Won>> {
    let sql = "SELECT d.currency, COUNT(*) AS n, CAST(SUM(COALESCE(d.amount, 0)) AS BIGINT) AS amount,
               CAST(SUM(CASE WHEN d.stage_since >= $3 THEN 1 ELSE 0 END) AS BIGINT) AS late_n,
               CAST(SUM(CASE WHEN d.stage_since >= $3 THEN COALESCE(d.amount, 0) ELSE 0 END) AS BIGINT) AS late_amount
               FROM deals d JOIN stages s ON s.id = d.stage_id
               WHERE d.org_id = $1 AND (d.pipeline_id = $2 OR $2 IS NULL) AND s.stage_type = 'won'
               GROUP BY d.currency ORDER BY d.currency";
    on.rows(sql, args![org, pipeline, since]).await
}

/// The deals of one stage and one currency.
#[derive(Debug, Clone)]
pub struct InStage {
    /// Which stage.
    pub stage_id: Uuid,
    /// Of the amounts.
    pub currency: String,
    /// How many.
    pub n: i64,
    /// Their sum, in hundredths.
    pub amount: i64,
}
record!(InStage => stage_id, currency, n, amount);

/// The deals of a pipeline by stage and currency.
pub async fn in_stages(on: &mut impl Session, org: Uuid, pipeline: Uuid) -> StorageResult<Vec<InStage>> {
    let sql = "SELECT stage_id, currency, COUNT(*) AS n, CAST(SUM(COALESCE(amount, 0)) AS BIGINT) AS amount
               FROM deals WHERE org_id = $1 AND pipeline_id = $2
               GROUP BY stage_id, currency ORDER BY stage_id, currency";
    on.rows(sql, args![org, pipeline]).await
}
