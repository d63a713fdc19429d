//! What SQLite's trigram indexes are asked: they give candidates, and the filter decides.

use super::Filter;
use crate::{Session, args, error::StorageResult};

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
        let sql = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM companies_index WHERE companies_index MATCH $1 LIMIT $2)";
        let hits = on.number(sql, args![all_of(&self.trigrams[1]), FEW + 1]).await?;
        Ok(hits.is_none_or(|hits| hits <= FEW))
    }
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
