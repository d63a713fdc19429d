//! The filters of a list: fragments that are literals, values that are bound.

use crate::{
    Arg, Session,
    error::Result,
    row::{FromRow, Number},
};
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

/// A statement: a literal, or literals that a filter put together. No value is ever in its text.
#[derive(Debug)]
pub struct Sql(Text);

#[derive(Debug)]
enum Text {
    Literal(&'static str),
    Built(String),
}

impl From<&'static str> for Sql {
    fn from(literal: &'static str) -> Self {
        Self(Text::Literal(literal))
    }
}

impl Sql {
    pub(crate) fn sqlite(self) -> SqlStr {
        self.engine("", "")
    }

    pub(crate) fn postgres(self) -> SqlStr {
        self.engine("FOR UPDATE", "FOR UPDATE SKIP LOCKED")
    }

    /// Fills in `{lock}` and `{skip}`, the only words in which the engines differ: SQLite's writer is
    /// alone anyway.
    fn engine(self, lock: &str, skip: &str) -> SqlStr {
        match self.0 {
            Text::Literal(sql) if sql.contains(['{']) => {
                AssertSqlSafe(sql.replace("{lock}", lock).replace("{skip}", skip)).into_sql_str()
            }
            Text::Literal(sql) => sql.into_sql_str(),
            Text::Built(sql) => AssertSqlSafe(sql).into_sql_str(),
        }
    }
}

/// Which rows of a list to read: after a known row, or from an offset.
#[derive(Debug, Clone)]
pub struct Slice {
    /// Continue behind the row with this id.
    pub after: Option<Arg>,
    /// Or skip this many rows.
    pub offset: i64,
    /// At most this many rows.
    pub limit: i64,
}

/// The conditions of a list, all of which must hold.
pub(crate) struct Filter {
    text: String,
    args: Vec<Arg>,
}

impl Filter {
    /// The condition every list starts with; `before` reads up to the placeholder.
    pub fn new(before: &'static str, arg: impl Into<Arg>) -> Self {
        let mut filter = Self { text: String::new(), args: Vec::new() };
        filter.push(before, arg.into(), "");
        filter
    }

    fn push(&mut self, before: &'static str, arg: Arg, after: &'static str) {
        self.args.push(arg);
        let and = if self.text.is_empty() { "" } else { " AND " };
        self.text.push_str(&format!("{and}{before}${}{after}", self.args.len()));
    }

    /// A condition without a value.
    pub fn and(mut self, condition: &'static str) -> Self {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
        self
    }

    /// `before $n after`, when there is a value.
    pub fn with<A: Into<Arg>>(mut self, before: &'static str, value: Option<A>, after: &'static str) -> Self {
        if let Some(value) = value {
            self.push(before, value.into(), after);
        }
        self
    }

    /// `before $n`, when there is a value: `"c.country = "`, `"co.revenue >= "`.
    pub fn compare<A: Into<Arg>>(self, before: &'static str, value: Option<A>) -> Self {
        self.with(before, value, "")
    }

    /// A part of a folded column, in any case; `before` reads up to the pattern: `"c.name_fold LIKE "`.
    pub fn contains(self, before: &'static str, part: Option<&str>) -> Self {
        let escape = |part: &str| {
            let folded = g8_domain::value::fold(part);
            format!("%{}%", folded.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
        };
        self.with(before, part.map(escape), " ESCAPE '\\'")
    }

    /// One slice of the rows, newest first, with one row more than the limit if there is one, and
    /// the number of rows in all. `count` and `select` read up to their WHERE; `id` is the key column
    /// as in `"c.id"`.
    pub async fn page<T: FromRow>(
        mut self,
        on: &mut impl Session,
        [count, select, after, order]: [&'static str; 4],
        slice: &Slice,
    ) -> Result<(Vec<T>, i64)> {
        let counted = Sql(Text::Built(format!("{count} WHERE {}", self.text)));
        let total = on.run::<Number>(counted, self.args.clone()).await?.first().map_or(0, |row| row.n);
        if let Some(key) = &slice.after {
            self.push(after, key.clone(), "");
        }
        self.args.push(Arg::from(slice.limit + 1));
        self.args.push(Arg::from(if slice.after.is_some() { 0 } else { slice.offset }));
        let n = self.args.len();
        let sql = format!("{select} WHERE {} {order} LIMIT ${} OFFSET ${n}", self.text, n - 1);
        let rows = on.run(Sql(Text::Built(sql)), self.args).await?;
        Ok((rows, total))
    }
}
