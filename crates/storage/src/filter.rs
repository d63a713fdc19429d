//! The filters of a list: fragments that are literals, values that are bound.

mod trigrams;

use crate::{
    Arg, Session, Sql,
    error::StorageResult,
    row::{FromRow, Number},
};
use trigrams::{all_of, trigrams};

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

/// More hits than these are not counted one by one: a list says that there are at least so many.
pub const COUNTED: i64 = 10_000;

/// How many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    /// The number, or 10,000.
    pub n: i64,
    /// Whether there are more.
    pub or_more: bool,
}

impl RowCount {
    /// Exactly so many.
    #[must_use]
    pub fn exact(n: i64) -> Self {
        Self { n, or_more: false }
    }
}

/// Which trigram index has a folded column's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Index {
    /// The one of the records themselves.
    Own,
    /// That of the contacts' companies.
    Company,
    /// None.
    No,
}

/// Rows that a page has at most; who reads more of them at once is in no hurry.
const PAGE: i64 = 200;

/// Where the rows of a list come from: each part reads as a literal.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// `SELECT …`, up to FROM.
    pub select: &'static str,
    /// `FROM …` with what is joined.
    pub from: &'static str,
    /// The same where counting needs less.
    pub count_from: &'static str,
    /// The key column, as `c.id`; rows come with the highest first.
    pub key: &'static str,
    /// The trigram index of SQLite, and the table that it is joined to, as it stands in `from`.
    pub index: Option<(&'static str, &'static str)>,
    /// An index of SQLite that has columns beside the key, and those columns: what is asked of them alone is counted
    /// without reading the rows.
    pub narrow: Option<(&'static str, &'static [&'static str])>,
}

impl Rows {
    /// Rows of one table without an index.
    #[must_use]
    pub const fn of(select: &'static str, from: &'static str, key: &'static str) -> Self {
        Self { select, from, count_from: from, key, index: None, narrow: None }
    }

    /// The statement of the rows that meet a condition; behind it may stand an order.
    pub(crate) fn where_(&self, condition: &str) -> String {
        format!("{} {} WHERE {condition}", self.select, self.from)
    }

    /// The rows that meet a condition.
    pub(crate) async fn all<T: FromRow>(
        &self,
        on: &mut impl Session,
        condition: &str,
        args: Vec<Arg>,
    ) -> StorageResult<Vec<T>> {
        on.run(Sql::built(self.where_(condition)), args).await
    }

    /// The row that meets a condition, of which there is at most one.
    pub(crate) async fn one<T: FromRow>(
        &self,
        on: &mut impl Session,
        condition: &str,
        args: Vec<Arg>,
    ) -> StorageResult<Option<T>> {
        Ok(self.all(on, condition, args).await?.pop())
    }
}

/// The conditions of a list, all of which must hold: fragments that are literals, with values that are bound.
#[derive(Debug)]
pub struct Filter {
    text: String,
    args: Vec<Arg>,
    /// Conditions beside those every list of these rows has.
    own: usize,
    /// Trigrams that hits in the records' index and in that of their companies must have.
    trigrams: [Vec<String>; 2],
}

impl Filter {
    /// The condition every list starts with; `before` reads up to the placeholder.
    pub fn new(before: &'static str, arg: impl Into<Arg>) -> Self {
        let mut filter = Self { text: String::new(), args: Vec::new(), own: 0, trigrams: Default::default() };
        filter.push(before, arg.into(), "");
        filter.own = 0;
        filter
    }

    fn push(&mut self, before: &'static str, arg: Arg, after: &'static str) {
        self.args.push(arg);
        self.own += 1;
        let and = if self.text.is_empty() { "" } else { " AND " };
        self.text.push_str(&format!("{and}{before}${}{after}", self.args.len()));
    }

    /// How many conditions there are beside those every list has.
    #[must_use]
    pub fn narrowed(&self) -> usize {
        self.own
    }

    /// A condition without a value, that every list of these rows has.
    #[must_use]
    pub fn and(mut self, condition: &'static str) -> Self {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
        self
    }

    /// A condition that was put together elsewhere, from literals, `?` standing for each value.
    #[must_use]
    pub fn and_built(mut self, condition: &str, args: Vec<Arg>) -> Self {
        self.own += 1;
        self.text.push_str(" AND ");
        let mut parts = condition.split('?');
        self.text.push_str(parts.next().unwrap_or_default());
        for (part, arg) in parts.zip(args) {
            self.args.push(arg);
            self.text.push_str(&format!("${}{part}", self.args.len()));
        }
        self
    }

    /// `before $n after`, when there is a value.
    #[must_use]
    pub fn with<A: Into<Arg>>(mut self, before: &'static str, value: Option<A>, after: &'static str) -> Self {
        if let Some(value) = value {
            self.push(before, value.into(), after);
        }
        self
    }

    /// `before $n`, when there is a value: `"c.country = "`, `"co.revenue >= "`.
    #[must_use]
    pub fn compare<A: Into<Arg>>(self, before: &'static str, value: Option<A>) -> Self {
        self.with(before, value, "")
    }

    /// A part of a folded column, in any case; `before` reads up to the pattern: `"c.name_fold LIKE "`.
    #[must_use]
    pub fn contains(mut self, before: &'static str, part: Option<&str>, index: Index) -> Self {
        let Some(part) = part else { return self };
        self.expect(part, index);
        self.with(before, Some(pattern(part)), " ESCAPE '\\'")
    }

    /// Hits have the trigrams of `part` in an index.
    pub fn expect(&mut self, part: &str, index: Index) {
        let place = match index {
            Index::Own => 0,
            Index::Company => 1,
            Index::No => return,
        };
        self.trigrams[place].extend(trigrams(&g8_domain::value::fold(part)));
    }

    /// One slice of the rows, newest first, with one row more than the limit if there is one, and
    /// the number of rows in all: exact up to 10,000.
    ///
    /// # Errors
    /// The database refused, or it took too long.
    pub async fn page<T: FromRow>(
        self,
        on: &mut impl Session,
        rows: Rows,
        slice: &Slice,
    ) -> StorageResult<(Vec<T>, RowCount)> {
        let narrow = rows.narrow.filter(|(_, columns)| self.asks_only(columns)).map(|(index, _)| index);
        let (from, text, args) = self.stated(on.is_sqlite(), rows, (rows.count_from, narrow), true);
        let sql = format!(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one {from} WHERE {text} LIMIT {}) AS hits",
            COUNTED + 1
        );
        let sql = self.sql(sql, false);
        let n = on.run::<Number>(sql, args).await?.first().map_or(0, |row| row.n);
        let total = RowCount { n: n.min(COUNTED), or_more: n > COUNTED };
        Ok((self.slice(on, rows, slice).await?, total))
    }

    /// The same rows, uncounted.
    ///
    /// # Errors
    /// The database refused, or it took too long.
    pub async fn slice<T: FromRow>(
        self,
        on: &mut impl Session,
        rows: Rows,
        slice: &Slice,
    ) -> StorageResult<Vec<T>> {
        let few = self.few_companies(on).await?;
        let (from, mut text, mut args) = self.stated(on.is_sqlite(), rows, (rows.from, None), few);
        // The index gives its hits in the order of its own key.
        let key = if from.contains("hit CROSS JOIN") { "hit.rowid" } else { rows.key };
        if let Some(after) = &slice.after {
            args.push(after.clone());
            text.push_str(&format!(" AND {key} < ${}", args.len()));
        }
        args.push(Arg::from(slice.limit + 1));
        args.push(Arg::from(if slice.after.is_some() { 0 } else { slice.offset }));
        let n = args.len();
        let select = rows.select;
        let sql = format!("{select} {from} WHERE {text} ORDER BY {key} DESC LIMIT ${} OFFSET ${n}", n - 1);
        on.run(self.sql(sql, slice.limit > PAGE), args).await
    }

    fn sql(&self, sql: String, many: bool) -> Sql {
        if many || self.narrowed() > 0 { Sql::long(sql) } else { Sql::built(sql) }
    }

    /// Whether the conditions are about no other columns.
    fn asks_only(&self, columns: &[&str]) -> bool {
        let words = self.text.split(|letter: char| !letter.is_alphanumeric() && !"._".contains(letter));
        words.filter(|word| word.contains('.')).all(|column| columns.contains(&column))
    }

    /// Where the rows come from and the conditions on them, as the engine reads them best: SQLite looks
    /// into its trigram indexes first, then into an index that it is told or the rows, PostgreSQL finds its own by
    /// itself.
    fn stated(
        &self,
        sqlite: bool,
        rows: Rows,
        (from, narrow): (&'static str, Option<&'static str>),
        by_company: bool,
    ) -> (String, String, Vec<Arg>) {
        let (mut from, mut text, mut args) = (from.to_owned(), self.text.clone(), self.args.clone());
        if !sqlite {
            return (from, text, args);
        }
        let [own, company] = &self.trigrams;
        if let (false, Some((index, table))) = (own.is_empty(), rows.index) {
            let by = narrow.map(|narrow| format!(" INDEXED BY {narrow}")).unwrap_or_default();
            let hits = format!("{index} hit CROSS JOIN {table}{by} ON {} = hit.rowid", rows.key);
            from = from.replacen(table, &hits, 1);
            args.push(Arg::from(all_of(own)));
            text.push_str(&format!(" AND hit.{index} MATCH ${}", args.len()));
        }
        if by_company && !company.is_empty() {
            args.push(Arg::from(all_of(company)));
            text.push_str(&format!(
                " AND c.company_id IN (SELECT rowid FROM companies_index WHERE companies_index MATCH ${})",
                args.len()
            ));
            // Left to itself the engine reads every contact of the organization and asks each.
            if own.is_empty() {
                from = from.replacen("contacts c", "contacts c INDEXED BY contacts_by_company", 1);
            }
        }
        (from, text, args)
    }
}

/// The pattern that finds `part` in a folded column.
pub(crate) fn pattern(part: &str) -> String {
    like_part(&g8_domain::value::fold(part))
}

/// The pattern that finds exactly these letters.
pub(crate) fn like_part(part: &str) -> String {
    format!("%{}%", part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}
