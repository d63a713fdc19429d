//! Many rows in one statement: the engine is asked once, not a thousand times.

use crate::{
    Arg, Session, Tx,
    error::StorageResult,
    filter::Sql,
    row::{FromRow, Number},
};

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

    /// Adds rows of `width` values.
    pub fn all(mut self, rows: Vec<Vec<Arg>>) -> Self {
        rows.into_iter().for_each(|row| self.add(row));
        self
    }

    /// Inserts them all.
    pub async fn change(self, tx: &mut Tx) -> StorageResult<()> {
        self.read::<Number>(tx).await.map(drop)
    }

    /// Inserts them all; a single one goes to the engine with the next statement.
    pub async fn note(mut self, tx: &mut Tx) -> StorageResult<()> {
        match self.rows.pop() {
            Some(row) if self.rows.is_empty() => {
                let sql = format!("{}{}{}", self.before, group(0, self.width, false), self.after);
                tx.note(Sql::built(sql), row).await
            }
            last => {
                self.rows.extend(last);
                self.change(tx).await
            }
        }
    }

    /// Inserts them all, and reads what `after` returns. While the engine is at some, the next are put together.
    pub async fn read<T: FromRow>(self, tx: &mut Tx) -> StorageResult<Vec<T>> {
        let mut statements = self.statements(tx.is_sqlite());
        let (mut all, mut next) = (Vec::new(), statements.next());
        while let Some((sql, args)) = next {
            let (found, following) = tokio::join!(tx.run(sql, args), async { statements.next() });
            all.extend(found?);
            next = following;
        }
        Ok(all)
    }

    /// Inserts them all, and reads the new ones: what `after` returns, or on SQLite, whose driver hands what is
    /// returned over one by one, `new`, from the last id of `table` on.
    pub async fn read_new<T: FromRow>(
        self,
        tx: &mut Tx,
        (table, new): (&'static str, &'static str),
    ) -> StorageResult<Vec<T>> {
        if !tx.is_sqlite() {
            return self.read(tx).await;
        }
        let last = "SELECT COALESCE(MAX(seq), 0) AS n FROM sqlite_sequence WHERE name = $1";
        let last = tx.number(last, vec![table.into()]).await?.unwrap_or_default();
        Self { after: " ON CONFLICT DO NOTHING", ..self }.change(tx).await?;
        tx.rows(new, vec![last.into()]).await
    }

    fn statements(self, sqlite: bool) -> impl Iterator<Item = (Sql, Vec<Arg>)> {
        let Self { before, width, after, rows } = self;
        let mut rows = rows.into_iter();
        std::iter::from_fn(move || {
            let size = SIZES.into_iter().find(|size| *size <= rows.len())?;
            let groups: Vec<String> = (0..size).map(|row| group(row * width, width, sqlite)).collect();
            let sql = Sql::built(format!("{before}{}{after}", groups.join(",")));
            Some((sql, rows.by_ref().take(size).flatten().collect()))
        })
    }
}

/// `($n+1,$n+2,…)`; for SQLite `(?,?,…)`, which names nothing: to bind one named value it reads the names
/// of all.
fn group(from: usize, width: usize, sqlite: bool) -> String {
    let place = |place| if sqlite { "?".to_owned() } else { format!("${place}") };
    let places: Vec<String> = (from + 1..=from + width).map(place).collect();
    format!("({})", places.join(","))
}

/// The rows whose key is one of `keys`: `before` reads up to the list, `… IN `, which is the last condition.
/// `before` names no fixed value twice, and the fixed values in their order. Lists are filled up to a power
/// of two with their last key, so that few statements have to be prepared.
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
        let keys = group(fixed.len(), width, on.is_sqlite());
        let sql =
            if on.is_sqlite() { nameless(before, fixed.len()) + &keys } else { before.to_owned() + &keys };
        all.extend(on.run(Sql::built(sql), args).await?);
    }
    Ok(all)
}

/// The same text with `?` for its named values: SQLite's driver counts those without names by themselves.
fn nameless(text: &str, values: usize) -> String {
    (1..=values).fold(text.to_owned(), |text, place| text.replace(&format!("${place}"), "?"))
}
