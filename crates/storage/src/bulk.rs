//! Many rows in one statement: the engine is asked once, not a thousand times.

use crate::{
    Arg, Session, Tx,
    error::Result,
    filter::Sql,
    row::{FromRow, Number},
};

/// Values in one statement at most; SQLite takes 32,766 and PostgreSQL 65,535.
const MOST: usize = 16_000;

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
        for (sql, args) in self.statements() {
            tx.run::<Number>(sql, args).await?;
        }
        Ok(())
    }

    /// Inserts them all, and reads what `after` returns.
    pub async fn read<T: FromRow>(self, tx: &mut Tx) -> Result<Vec<T>> {
        let mut all = Vec::new();
        for (sql, args) in self.statements() {
            all.extend(tx.run(sql, args).await?);
        }
        Ok(all)
    }

    fn statements(self) -> impl Iterator<Item = (Sql, Vec<Arg>)> {
        let Self { before, width, after, mut args } = self;
        let most = MOST / width * width;
        std::iter::from_fn(move || {
            if args.is_empty() {
                return None;
            }
            let rest = args.split_off(most.min(args.len()));
            let now = std::mem::replace(&mut args, rest);
            let groups: Vec<String> = (0..now.len() / width).map(|row| group(row * width, width)).collect();
            Some((Sql::built(format!("{before}{}{after}", groups.join(","))), now))
        })
    }
}

/// `($n+1,$n+2,…)`
fn group(from: usize, width: usize) -> String {
    let places: Vec<String> = (from + 1..=from + width).map(|place| format!("${place}")).collect();
    format!("({})", places.join(","))
}

/// The rows whose key is one of `keys`: `before` reads up to the list, `… IN `, which is the last condition.
/// Lists are filled up to a power of two with their last key, so that few statements have to be prepared.
pub(crate) async fn among<T: FromRow>(
    on: &mut impl Session,
    before: &'static str,
    fixed: Vec<Arg>,
    keys: Vec<Arg>,
) -> Result<Vec<T>> {
    let mut all = Vec::new();
    for keys in keys.chunks(1024) {
        let Some(last) = keys.last() else { continue };
        let width = keys.len().next_power_of_two();
        let filler = std::iter::repeat_n(last, width - keys.len());
        let args: Vec<Arg> = fixed.iter().chain(keys).chain(filler).cloned().collect();
        let sql = format!("{before}{}", group(fixed.len(), width));
        all.extend(on.run(Sql::built(sql), args).await?);
    }
    Ok(all)
}
