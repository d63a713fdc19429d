//! Which tables a migrated database has.

use crate::Db;
use sqlx::Row;

impl Db {
    /// The names of the tables with a column of this name, sorted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tables_with(&self, column: &str) -> sqlx::Result<Vec<String>> {
        match self {
            Self::Sqlite { read, .. } => {
                let sql = "SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                           WHERE t.type = 'table' AND c.name = $1 ORDER BY t.name";
                let rows = sqlx::query(sql).bind(column).fetch_all(read).await?;
                rows.iter().map(|row| row.try_get(0)).collect()
            }
            Self::Postgres(pool) => {
                let sql = "SELECT table_name::text FROM information_schema.columns
                           WHERE table_schema = 'public' AND column_name = $1 ORDER BY table_name";
                let rows = sqlx::query(sql).bind(column).fetch_all(pool).await?;
                rows.iter().map(|row| row.try_get(0)).collect()
            }
        }
    }
}
