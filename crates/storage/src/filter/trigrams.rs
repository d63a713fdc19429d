//! What SQLite's trigram indexes are asked: they give candidates, and the filter decides.

use super::{Filter, Rows};
use crate::{Session, Sql, error::StorageResult, row::Number};
use std::slice;

/// A trigram with fewer hits than these finds candidates by itself: to look at each takes less than to read the hits of
/// other trigrams, which may be a fifth of all records.
const RARE: i64 = 5000;

/// With more hits than these in the companies' index, reading contacts in their order finds a page sooner
/// than sorting the contacts of all those companies.
const FEW: i64 = 1000;

/// Most trigrams that are asked for: a few find the candidates, the filter does the rest.
const TRIGRAMS: usize = 16;

impl Filter {
    /// Whether few companies have the trigrams that are asked of them.
    pub(super) async fn few_companies(&self, on: &mut impl Session) -> StorageResult<bool> {
        if self.trigrams[1].is_empty() || !on.is_sqlite() {
            return Ok(true);
        }
        Ok(hits(on, "companies_index", &self.trigrams[1], FEW + 1).await? <= FEW)
    }

    /// Asks the records' index for the rarest of the trigrams alone, where it is rare.
    pub(super) async fn keep_rarest(&mut self, on: &mut impl Session, rows: Rows) -> StorageResult<()> {
        let (Some((index, _)), [_, _, ..], true) = (rows.index, self.trigrams[0].as_slice(), on.is_sqlite())
        else {
            return Ok(());
        };
        let (mut fewest, mut rarest) = (RARE, None);
        for trigram in &self.trigrams[0] {
            let hits = hits(on, index, slice::from_ref(trigram), fewest).await?;
            if hits < fewest {
                (fewest, rarest) = (hits, Some(trigram.clone()));
            }
        }
        if let Some(rarest) = rarest {
            self.trigrams[0] = vec![rarest];
        }
        Ok(())
    }
}

/// How many records a trigram index has with all these trigrams, counted up to `most`.
async fn hits(on: &mut impl Session, index: &str, trigrams: &[String], most: i64) -> StorageResult<i64> {
    let sql = format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM {index} WHERE {index} MATCH $1 LIMIT $2)");
    let hits = on.run::<Number>(Sql::built(sql), vec![all_of(trigrams).into(), most.into()]).await?;
    Ok(hits.first().map_or(0, |hits| hits.n))
}

/// Every other trigram, and the last: they have all the letters, and the index is read half as often.
pub(super) fn trigrams(folded: &str) -> Vec<String> {
    let letters: Vec<char> = folded.chars().collect();
    let last = letters.len().saturating_sub(3);
    let all = letters.windows(3).enumerate().filter(|(at, _)| at % 2 == 0 || *at == last);
    all.map(|(_, three)| three.iter().collect()).take(TRIGRAMS).collect()
}

/// The index's query: each trigram a phrase of its own, for it has no positions.
pub(super) fn all_of(trigrams: &[String]) -> String {
    let phrases: Vec<String> =
        trigrams.iter().map(|three| format!("\"{}\"", three.replace('"', "\"\""))).collect();
    phrases.join(" AND ")
}
