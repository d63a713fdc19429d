//! Many rows in one statement: the engine is asked once, not a thousand times.

use crate::{
    Arg, Session, Tx,
    error::Result,
    filter::Sql,
    row::{FromRow, Number, record},
};
use serde_json::Value;

/// Rows of one statement: a few sizes, so that each statement is prepared once and kept, and none is large.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// The columns of many rows as one JSON list.
struct Keys {
    keys: Value,
}
record!(Keys { keys });

/// Rows to be inserted: `before` reads up to the values, `after` from them on.
pub(crate) struct Rows {
    before: &'static str,
    width: usize,
    after: &'static str,
    args: Vec<Arg>,
}

impl Rows {
    pub fn new(before: &'static str, width: usize, after: &'static str) -> Self {
        Self { before, width, after, args: Vec::new() }
    }

    /// Adds a row of `width` values.
    pub fn add(&mut self, row: Vec<Arg>) {
        debug_assert_eq!(row.len(), self.width, "{}", self.before);
        self.args.extend(row);
    }

    /// Inserts them all.
    pub async fn change(self, tx: &mut Tx) -> Result<()> {
        for (sql, args) in self.statements(tx.is_sqlite()) {
            tx.run::<Number>(sql, args).await?;
        }
        Ok(())
    }

    /// Inserts them all; a single one goes to the engine with the next statement.
    pub async fn note(self, tx: &mut Tx) -> Result<()> {
        if self.args.len() != self.width {
            return self.change(tx).await;
        }
        let sql = format!("{}{}{}", self.before, group(0, self.width, false), self.after);
        tx.note(Sql::built(sql), self.args).await
    }

    /// Inserts them all, and reads what `after` returns.
    pub async fn read<T: FromRow>(self, tx: &mut Tx) -> Result<Vec<T>> {
        let mut all = Vec::new();
        for (sql, args) in self.statements(tx.is_sqlite()) {
            all.extend(tx.run(sql, args).await?);
        }
        Ok(all)
    }

    /// Inserts them all into `table`, and reads these columns of the new ones. `RETURNING` hands SQLite's
    /// rows over one by one, from thread to thread; as one JSON text they come at once.
    pub async fn read_new<T: FromRow>(
        self,
        tx: &mut Tx,
        (table, columns): (&'static str, &'static str),
        from_json: fn(&[Value]) -> T,
    ) -> Result<Vec<T>> {
        if !tx.is_sqlite() {
            return self.read(tx).await;
        }
        let last = "SELECT COALESCE(MAX(seq), 0) AS n FROM sqlite_sequence WHERE name = $1";
        let last = tx.number(last, vec![table.into()]).await?.unwrap_or_default();
        let insert = Self { after: " ON CONFLICT DO NOTHING", ..self };
        for (sql, args) in insert.statements(true) {
            tx.run::<Number>(sql, args).await?;
        }
        let sql =
            format!("SELECT json_group_array(json_array({columns})) AS keys FROM {table} WHERE id > $1");
        let new = tx.run::<Keys>(Sql::built(sql), vec![last.into()]).await?;
        let rows = new.first().and_then(|new| new.keys.as_array());
        Ok(rows.into_iter().flatten().filter_map(Value::as_array).map(|row| from_json(row)).collect())
    }

    fn statements(self, sqlite: bool) -> impl Iterator<Item = (Sql, Vec<Arg>)> {
        let Self { before, width, after, mut args } = self;
        std::iter::from_fn(move || {
            let rows = args.len() / width;
            let size = SIZES.into_iter().find(|size| *size <= rows)?;
            let rest = args.split_off(size * width);
            let now = std::mem::replace(&mut args, rest);
            let groups: Vec<String> = (0..size).map(|row| group(row * width, width, sqlite)).collect();
            Some((Sql::built(format!("{before}{}{after}", groups.join(","))), now))
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
) -> Result<Vec<T>> {
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
