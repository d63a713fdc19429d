//! Which tables a migrated database has.

use crate::{Arg, Db, Session, StorageResult, row::record};

struct Name {
    name: String,
}
record!(Name => name);

impl Db {
    /// The names of the tables with a column of this name, sorted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tables_with(&self, column: &str) -> StorageResult<Vec<String>> {
        let sql = if matches!(self, Self::Sqlite { .. }) {
            "SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND c.name = $1 ORDER BY t.name"
        } else {
            "SELECT table_name::text AS name FROM information_schema.columns
             WHERE table_schema = 'public' AND column_name = $1 ORDER BY table_name"
        };
        let rows: Vec<Name> = (&mut &*self).rows(sql, vec![Arg::from(column)]).await?;
        Ok(rows.into_iter().map(|row| row.name).collect())
    }
}
