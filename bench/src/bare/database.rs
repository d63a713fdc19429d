//! The pools, opened as ours are, and the queries, written out as a handler would.

use super::{
    sql,
    view::{Company, Contact, Detail, Envelope, Page, Pagination},
};
use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::str::FromStr;
use uuid::Uuid;

/// A pool, and the organization whose data is served.
#[derive(Clone)]
pub struct Database {
    pool: Pool,
    org: Uuid,
}

#[derive(Clone)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The same expression on either pool.
macro_rules! on {
    ($database:expr, |$pool:ident| $run:expr) => {
        match &$database.pool {
            Pool::Sqlite($pool) => $run,
            Pool::Postgres($pool) => $run,
        }
    };
}

impl Database {
    /// Opens a database that our server has filled.
    pub async fn open(url: &str) -> sqlx::Result<Self> {
        let pool = if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?.read_only(true);
            let options = options.pragma("cache_size", "-65536").pragma("temp_store", "MEMORY");
            let pool = SqlitePoolOptions::new().max_connections(4).test_before_acquire(false);
            Pool::Sqlite(pool.connect_with(options).await?)
        } else {
            Pool::Postgres(PgPoolOptions::new().max_connections(16).connect(url).await?)
        };
        let mut database = Self { pool, org: Uuid::nil() };
        let first = "SELECT org_id FROM contacts LIMIT 1";
        database.org = on!(database, |pool| sqlx::query_scalar(first).fetch_one(pool).await?);
        Ok(database)
    }

    /// The newest contacts, and their number.
    pub async fn page(&self, limit: i64) -> sqlx::Result<Page> {
        let total: i64 =
            on!(self, |pool| sqlx::query_scalar(sql::COUNT).bind(self.org).fetch_one(pool).await?);
        let mut data: Vec<Contact> = on!(self, |pool| {
            let page = sqlx::query_as(sql::PAGE).bind(self.org).bind(limit + 1).bind(0_i64);
            page.fetch_all(pool).await?
        });
        let fits = usize::try_from(limit).unwrap_or_default();
        let has_next = data.len() > fits;
        data.truncate(fits);
        let next_cursor = data.last().filter(|_| has_next).map(|last| last.id.to_string());
        Ok(Page { data, pagination: Pagination { page: 1, limit, total, has_next, next_cursor } })
    }

    /// One contact, with its company.
    pub async fn detail(&self, id: i64) -> sqlx::Result<Option<Envelope<Detail>>> {
        let found: Option<Detail> = on!(self, |pool| {
            sqlx::query_as(sql::CONTACT).bind(self.org).bind(id).fetch_optional(pool).await?
        });
        let Some(mut contact) = found else { return Ok(None) };
        if let Some(company) = contact.row.company_id {
            contact.company = on!(self, |pool| {
                let company = sqlx::query_as::<_, Company>(sql::COMPANY).bind(self.org).bind(company);
                company.fetch_optional(pool).await?
            });
        }
        Ok(Some(Envelope { data: contact }))
    }
}
