//! What is written: columns beside their values, from which the statements follow.

use crate::{Arg, Tx, bulk, error::StorageResult, row::Number, sql::Sql};
use std::fmt::Write as _;

/// Columns of a table, and a value for each; made by [`values!`](crate::values!).
#[derive(Debug)]
pub struct Values {
    pub(crate) columns: Vec<&'static str>,
    pub(crate) args: Vec<Arg>,
}

/// Columns that have the names of a record's fields, then columns that have other values. Either part may be missing.
///
/// ```
/// struct Stamp {
///     label: String,
/// }
/// let stamp = Stamp { label: "Blue Mauritius".to_owned() };
/// let values = g8_storage::values!(stamp => label; size = 4_i64);
/// # let _ = values;
/// ```
#[macro_export]
macro_rules! values {
    ($record:expr => $($field:ident),* $(,)? $(; $($column:ident = $value:expr),* $(,)?)?) => {
        $crate::Values::new(
            ::std::vec![$(stringify!($field),)* $($(stringify!($column),)*)?],
            $crate::args![$(&$record.$field,)* $($($value,)*)?],
        )
    };
    ($($column:ident = $value:expr),* $(,)?) => {
        $crate::Values::new(::std::vec![$(stringify!($column)),*], $crate::args![$($value),*])
    };
}
pub(crate) use values;

impl Values {
    /// Columns, and as many values.
    #[must_use]
    pub fn new(columns: Vec<&'static str>, args: Vec<Arg>) -> Self {
        debug_assert_eq!(columns.len(), args.len(), "{columns:?}");
        Self { columns, args }
    }

    /// These and more.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.columns.extend(more.columns);
        self.args.extend(more.args);
        self
    }

    /// Inserts a row, `otherwise` being what follows the values; says whether it did.
    ///
    /// # Errors
    /// The database refused.
    pub async fn insert(
        self,
        tx: &mut Tx,
        table: &'static str,
        otherwise: &'static str,
    ) -> StorageResult<bool> {
        tx.change(bulk::insertion(table, &self.columns, 1, otherwise), self.args).await.map(|rows| rows > 0)
    }

    /// Inserts a row that the engine numbers; says its number, or nothing where it is there already.
    ///
    /// # Errors
    /// The database refused.
    pub async fn insert_numbered(self, tx: &mut Tx, table: &'static str) -> StorageResult<Option<i64>> {
        let otherwise = "ON CONFLICT DO NOTHING RETURNING id AS n";
        let rows = bulk::insert::<Number>(tx, table, std::iter::once(self), otherwise).await?;
        Ok(rows.first().map(|row| row.n))
    }

    /// Writes them into the rows that meet a condition, `?` standing for each of its values; says how many there are.
    ///
    /// # Errors
    /// The database refused.
    pub async fn update(
        self,
        tx: &mut Tx,
        table: &'static str,
        condition: &'static str,
        args: Vec<Arg>,
    ) -> StorageResult<u64> {
        let mut sql = format!("UPDATE {table} SET ");
        for (column, place) in self.columns.iter().zip(1..) {
            let comma = if place == 1 { "" } else { ", " };
            let _ = write!(sql, "{comma}{column} = ${place}");
        }
        let mut parts = condition.split('?');
        let _ = write!(sql, " WHERE {}", parts.next().unwrap_or_default());
        for (part, place) in parts.zip(self.columns.len() + 1..) {
            let _ = write!(sql, "${place}{part}");
        }
        tx.change(Sql::built(sql), self.args.into_iter().chain(args).collect()).await
    }
}

#[cfg(test)]
mod tests {
    use crate::{Session, args, on_both};
    use uuid::Uuid;

    on_both! {
        async fn what_is_written_comes_into_its_own_columns(test) {
            let id = Uuid::from_u128(7);
            let mut tx = test.db.begin().await.unwrap();
            let row = || values!(name = "Ann's", id = id, created_at = 5_i64, plan = "free");
            assert!(row().insert(&mut tx, "organizations", "").await.unwrap());
            assert!(!row().insert(&mut tx, "organizations", "ON CONFLICT DO NOTHING").await.unwrap());
            let new = || values!(plan = "pro").and(values!(name = "Bob's"));
            assert_eq!(new().update(&mut tx, "organizations", "created_at = ? AND id = ?", args![6_i64, id]).await.unwrap(), 0);
            assert_eq!(new().update(&mut tx, "organizations", "created_at = ? AND id = ?", args![5_i64, id]).await.unwrap(), 1);
            let sql = "SELECT created_at AS n FROM organizations WHERE id = $1 AND name = $2 AND plan = $3";
            assert_eq!(tx.number(sql, args![id, "Bob's", "pro"]).await.unwrap(), Some(5));
        }
    }
}
