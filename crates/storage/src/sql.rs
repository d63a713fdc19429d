//! The text of a statement, as each engine reads it.

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use std::borrow::Cow;

/// A statement: a literal, or literals that a filter put together. No value is ever in its text.
#[derive(Debug)]
pub struct Sql(Text);

#[derive(Debug)]
enum Text {
    Literal(&'static str),
    Built(String),
    /// Put together, and has much to do: by a caller's conditions, or with many rows.
    Long(String),
}

impl From<&'static str> for Sql {
    fn from(literal: &'static str) -> Self {
        Self(Text::Literal(literal))
    }
}

impl Sql {
    /// A statement put together from literals.
    pub(crate) fn built(sql: String) -> Self {
        Self(Text::Built(sql))
    }

    /// The same, which may take long: where that is so, it does not run where others wait for the thread.
    pub(crate) fn long(sql: String) -> Self {
        Self(Text::Long(sql))
    }

    pub(crate) fn is_long(&self) -> bool {
        matches!(self.0, Text::Long(_))
    }

    pub(crate) fn sqlite(self) -> Cow<'static, str> {
        self.engine(["", "", "", "", "", "0"])
    }

    pub(crate) fn postgres(self) -> SqlStr {
        let clock = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)";
        let [lock, skip] = ["FOR UPDATE", "FOR UPDATE SKIP LOCKED"];
        let text = self.engine([lock, skip, "FOR KEY SHARE", "FOR NO KEY UPDATE", "FOR SHARE", clock]);
        match text {
            Cow::Borrowed(literal) => literal.into_sql_str(),
            Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
        }
    }

    /// Fills in `{lock}`, `{skip}`, `{share}`, `{hold}` and `{still}`, the only words in which the engines differ
    /// (SQLite's writer is alone anyway), and `{clock}`, the time that all who share the database share.
    fn engine(self, [lock, skip, share, hold, still, clock]: [&str; 6]) -> Cow<'static, str> {
        match self.0 {
            Text::Literal(sql) if sql.contains('{') => {
                let sql = sql
                    .replace("{lock}", lock)
                    .replace("{skip}", skip)
                    .replace("{share}", share)
                    .replace("{hold}", hold)
                    .replace("{still}", still)
                    .replace("{clock}", clock);
                Cow::Owned(sql)
            }
            Text::Literal(sql) => Cow::Borrowed(sql),
            Text::Built(sql) | Text::Long(sql) => Cow::Owned(sql),
        }
    }
}
