//! Many rows in one statement: the engine is asked once, not a thousand times.

use crate::{
    Arg, Session, Tx,
    error::StorageResult,
    filter::Sql,
    row::{FromRow, Number},
};
use std::fmt::Write as _;

/// Rows of one statement: a few sizes, so that each statement is prepared once and kept, and none is large.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// Rows to be inserted: `before` reads up to the values, `after` from them on.
pub(crate) struct Rows {
    before: &'static str,
    width: usize,
    after: &'static str,
    rows: Vec<Vec<Arg>>,
}

impl Rows {
    pub fn new(before: &'static str, width: usize, after: &'static str) -> Self {
        Self { before, width, after, rows: Vec::new() }
    }

    /// Adds a row of `width` values.
    pub fn add(&mut self, row: Vec<Arg>) {
        debug_assert_eq!(row.len(), self.width, "{}", self.before);
        self.rows.push(row);
    }

    /// Inserts them all.
    pub async fn change(self, tx: &mut Tx) -> StorageResult<()> {
        self.read::<Number>(tx).await.map(drop)
    }

    /// Inserts them all, and reads what `after` returns.
    pub async fn read<T: FromRow>(self, tx: &mut Tx) -> StorageResult<Vec<T>> {
        insert(tx, (self.before, self.width, self.after), self.rows.into_iter()).await
    }
}

/// Inserts rows of `width` values, as [`Rows`] does: while a thread of the engine writes some, the next are made.
pub(crate) async fn insert<T: FromRow>(
    tx: &mut Tx,
    (before, width, after): (&'static str, usize, &'static str),
    mut rows: impl ExactSizeIterator<Item = Vec<Arg>> + Send,
) -> StorageResult<Vec<T>> {
    let mut statements = std::iter::from_fn(|| {
        let size = SIZES.into_iter().find(|size| *size <= rows.len())?;
        let mut sql = String::with_capacity(before.len() + after.len() + size * width * 6);
        sql.push_str(before);
        (0..size).for_each(|row| group(&mut sql, row * width, width));
        sql.push_str(after);
        Some((sized(size, sql), rows.by_ref().take(size).flatten().collect()))
    });
    let (mut next, mut all) = (statements.next(), Vec::new());
    while let Some((sql, args)) = next {
        let (read, following) = tokio::join!(tx.run(sql, args), async { statements.next() });
        all.extend(read?);
        next = following;
    }
    Ok(all)
}

/// A statement with so many rows or keys.
fn sized(many: usize, sql: String) -> Sql {
    if many < 64 { Sql::built(sql) } else { Sql::long(sql) }
}

/// Adds `($n+1,$n+2,…)`, after a comma where it is not the first.
fn group(sql: &mut String, from: usize, width: usize) {
    sql.push_str(if sql.ends_with(')') { ",(" } else { "(" });
    for place in from + 1..=from + width {
        let comma = if place == from + 1 { "" } else { "," };
        let _ = write!(sql, "{comma}${place}");
    }
    sql.push(')');
}

/// The rows whose key is one of `keys`: `before` reads up to the list, `… IN `, which is the last condition.
/// Lists are filled up to a power of two with their last key, so that few statements have to be prepared.
pub(crate) async fn among<T: FromRow>(
    on: &mut impl Session,
    before: &'static str,
    fixed: Vec<Arg>,
    keys: Vec<Arg>,
) -> StorageResult<Vec<T>> {
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
