//! Rows written straight into PocketBase's file, while it is stopped.

use crate::{
    Result,
    people::{COLUMNS, person, scatter},
};
use sqlx::{Connection as _, QueryBuilder, Sqlite, SqliteConnection};
use std::path::Path;

/// Rows of one statement.
const ROWS: u64 = 100;
const AT: &str = "2026-01-01 00:00:00.000Z";

/// The id of the n-th record: fifteen small letters and digits, as scattered as its own.
pub fn id(n: u64) -> String {
    let mut left = u128::from(scatter(n)) << 64 | u128::from(scatter(!n));
    let mut digit = || {
        let digit = u32::try_from(left % 36).unwrap_or_default();
        left /= 36;
        char::from_digit(digit, 36).unwrap_or('0')
    };
    (0..15).map(|_| digit()).collect()
}

/// Fills the collection, in one transaction.
pub async fn pocketbase(file: &Path, contacts: u64) -> Result {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
    let mut tx = connection.begin().await?;
    let mut from = 0;
    while from < contacts {
        let to = (from + ROWS).min(contacts);
        let insert = format!("INSERT INTO contacts (id, created, updated, {}) ", COLUMNS.join(", "));
        let mut sql = QueryBuilder::<Sqlite>::new(insert);
        sql.push_values(from..to, |mut row, n| {
            row.push_bind(id(n)).push_bind(AT).push_bind(AT);
            for cell in person(n, contacts).cells() {
                row.push_bind(cell.to_owned());
            }
        });
        sql.build().execute(&mut *tx).await?;
        from = to;
    }
    tx.commit().await?;
    Ok(connection.close().await?)
}

/// The ids of our contacts.
pub async fn our_ids(database_url: &str) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM contacts WHERE deleted_at IS NULL ORDER BY id";
    Ok(if database_url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(database_url).await?;
        sqlx::query_scalar(sql).fetch_all(&mut connection).await?
    } else {
        let mut connection = sqlx::PgConnection::connect(database_url).await?;
        sqlx::query_scalar(sql).fetch_all(&mut connection).await?
    })
}
