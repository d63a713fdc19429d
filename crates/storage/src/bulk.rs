//! Many rows in one statement: the engine is asked once, not a thousand times.

use crate::{
    Arg, Session, Tx,
    error::StorageResult,
    row::{FromRow, Number},
    sql::Sql,
    values::Values,
};
use std::fmt::Write as _;

/// Rows of one statement: a few sizes, so that each statement is prepared once and kept, and none is large.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// Inserts rows of a table, each of the same columns, `otherwise` being what follows their values, and reads what that
/// returns. While a thread of the engine writes some, the next are made.
pub(crate) async fn insert<T: FromRow>(
    tx: &mut Tx,
    table: &'static str,
    rows: impl ExactSizeIterator<Item = Values> + Send,
    otherwise: &'static str,
) -> StorageResult<Vec<T>> {
    let mut rows = rows.peekable();
    let columns = rows.peek().map(|row| row.columns.clone()).unwrap_or_default();
    let sqlite = tx.is_sqlite();
    let mut statements = std::iter::from_fn(|| {
        if !sqlite && rows.len() > 1 {
            let some = rows.by_ref().take(SIZES[0]).map(|row| row.args);
            return Some(insertion_of_arrays(table, &columns, some, otherwise));
        }
        let size = SIZES.into_iter().find(|size| *size <= rows.len())?;
        let sql = insertion(table, &columns, size, otherwise);
        Some((sql, rows.by_ref().take(size).flat_map(|row| row.args).collect()))
    });
    let (mut next, mut all) = (statements.next(), Vec::new());
    while let Some((sql, args)) = next {
        let (read, following) = tokio::join!(tx.run(sql, args), async { statements.next() });
        all.extend(read?);
        next = following;
    }
    Ok(all)
}

/// Inserts them, where nothing is to be read.
pub(crate) async fn write(
    tx: &mut Tx,
    table: &'static str,
    rows: impl ExactSizeIterator<Item = Values> + Send,
    otherwise: &'static str,
) -> StorageResult<()> {
    insert::<Number>(tx, table, rows, otherwise).await.map(drop)
}

/// The statement that inserts so many rows of these columns.
pub(crate) fn insertion(table: &str, columns: &[&str], rows: usize, otherwise: &str) -> Sql {
    let width = columns.len();
    let mut sql = String::with_capacity(256 + otherwise.len() + rows * width * 6);
    let _ = write!(sql, "INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "" } else { "," });
        group(&mut sql, row * width, width);
    }
    let _ = write!(sql, " {otherwise}");
    sized(rows, sql)
}

/// The same on PostgreSQL, where a column's values are one array: the statement is one for any number of rows, and is
/// not longer with more of them.
fn insertion_of_arrays(
    table: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Arg>>,
    otherwise: &str,
) -> (Sql, Vec<Arg>) {
    let mut arrays: Vec<Vec<Arg>> = columns.iter().map(|_| Vec::new()).collect();
    for row in rows {
        arrays.iter_mut().zip(row).for_each(|(array, arg)| array.push(arg));
    }
    let mut places = String::new();
    group(&mut places, 0, columns.len());
    let names = columns.join(", ");
    let sql = format!("INSERT INTO {table} ({names}) SELECT * FROM unnest{places} {otherwise}");
    (Sql::built(sql), arrays.into_iter().map(Arg::List).collect())
}

/// A statement with so many rows or keys.
fn sized(many: usize, sql: String) -> Sql {
    if many < 64 { Sql::built(sql) } else { Sql::long(sql) }
}

/// Adds `($n+1,$n+2,…)`.
fn group(sql: &mut String, from: usize, width: usize) {
    sql.push('(');
    for place in from + 1..=from + width {
        let comma = if place == from + 1 { "" } else { "," };
        let _ = write!(sql, "{comma}${place}");
    }
    sql.push(')');
}

/// The rows whose key is one of `keys`: `before` reads up to the list, `… column IN `, which is the last condition.
/// Lists are filled up to a power of two with their last key, so that few statements have to be prepared. A key that is
/// said twice may give its row twice.
pub(crate) async fn among<T: FromRow>(
    on: &mut impl Session,
    before: &str,
    fixed: Vec<Arg>,
    keys: impl IntoIterator<Item: Into<Arg>, IntoIter: Send> + Send,
) -> StorageResult<Vec<T>> {
    let keys: Vec<Arg> = keys.into_iter().map(Into::into).collect();
    if !on.is_sqlite() {
        return run_each(on, (before, ""), fixed, keys).await;
    }
    let mut all = Vec::new();
    for keys in keys.chunks(512) {
        let Some(last) = keys.last() else { continue };
        let width = keys.len().next_power_of_two();
        let filler = std::iter::repeat_n(last, width - keys.len());
        let args: Vec<Arg> = fixed.iter().chain(keys).chain(filler).cloned().collect();
        let mut sql = before.to_owned();
        group(&mut sql, fixed.len(), width);
        all.extend(on.run(sized(width, sql), args).await?);
    }
    Ok(all)
}

/// Keeps others from the rows whose key is one of `keys` until the transaction ends: row by row in the order of the
/// keys, so that nobody waits for each other. SQLite's writer is alone anyway.
pub(crate) async fn lock(
    tx: &mut Tx,
    before: &'static str,
    fixed: Vec<Arg>,
    keys: Vec<i64>,
) -> StorageResult<()> {
    if !tx.is_sqlite() {
        let keys = keys.into_iter().map(Arg::from).collect();
        run_each::<Number>(tx, (before, "FOR UPDATE"), fixed, keys).await?;
    }
    Ok(())
}

/// What [`among`] does, on PostgreSQL, where all keys are one value. Left a choice it would read every row of the
/// organization and compare it with each key, as it does where it knows nothing of the table yet: so it is asked for
/// one key at a time.
async fn run_each<T: FromRow>(
    on: &mut impl Session,
    (before, after): (&str, &str),
    mut args: Vec<Arg>,
    keys: Vec<Arg>,
) -> StorageResult<Vec<T>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    args.push(Arg::List(keys));
    let (before, place) = (before.trim_end_matches(" IN "), args.len());
    let sql = if before.starts_with("SELECT") {
        format!(
            "SELECT found.* FROM (SELECT DISTINCT unnest(${place}) AS key ORDER BY key) AS keys
             CROSS JOIN LATERAL ({before} = keys.key OFFSET 0 {after}) AS found"
        )
    } else {
        format!("{before} = ANY (${place})")
    };
    on.run(Sql::built(sql), args).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{args, companies, on_both, values};
    use g8_domain::record::Company;
    use uuid::Uuid;

    on_both! {
        async fn many_rows_are_as_they_would_be_one_by_one(test) {
            let org = Uuid::from_u128(7);
            let mut tx = test.db.begin().await.unwrap();
            values!(id = org, name = "Acme", plan = "free", created_at = 0_i64).insert(&mut tx, "organizations", "").await.unwrap();
            // The first has most columns empty: the type of a column is not that of its first value alone.
            let company = |n: i64| Company {
                org_id: org,
                domain: Some(format!("x{n}.com")),
                employee_count: (n % 2 == 1).then_some(n),
                description: (n % 3 == 1).then(|| "It's, {a} \"b\" \\ NULL".to_owned()),
                meta_data: serde_json::json!({ "n": n }),
                ..Company::default()
            };
            let all: Vec<Company> = (0..600).chain([3, 3]).map(company).collect();
            let added = companies::insert_many(&mut tx, &all.iter().collect::<Vec<_>>()).await.unwrap();
            assert_eq!(added.len(), 600, "what is there already is left out");
            let ids: Vec<i64> = added.iter().map(|one| one.id).chain([added[599].id, -1]).collect();
            companies::lock_for_update(&mut tx, org, ids.clone()).await.unwrap();
            let mut found = companies::get_many(&mut tx, org, &ids).await.unwrap();
            found.sort_by_key(|one| one.id);
            let stored = |one: &Company| (one.domain.clone(), one.employee_count, one.description.clone(), one.meta_data.clone());
            assert!(found.iter().map(stored).eq(all[..600].iter().map(stored)), "something came into another's column or row");
            let none = among::<Number>(&mut tx, "SELECT id AS n FROM companies WHERE org_id = $1 AND id IN ", args![org], Vec::<i64>::new());
            assert!(none.await.unwrap().is_empty());
        }
    }
}
