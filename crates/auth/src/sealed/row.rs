//! Where a sealed value belongs.

use uuid::Uuid;

/// The one place in which a sealed value opens. A copy in another row, organization or column does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedRow<'a> {
    /// Whose it is; none for the installation's own.
    pub org: Option<Uuid>,
    /// What it is, as `mailbox.password`.
    pub kind: &'a str,
    /// The row.
    pub id: Uuid,
}

impl SealedRow<'_> {
    /// What is authenticated with a value under `header`, which has a fixed length. No two rows have the same
    /// bytes: what may be missing says whether it is there, and the text has its length before it.
    pub(super) fn associated(&self, header: &[u8; super::envelope::HEADER]) -> Vec<u8> {
        let mut bytes = header.to_vec();
        match self.org {
            None => bytes.push(0),
            Some(org) => {
                bytes.push(1);
                bytes.extend_from_slice(org.as_bytes());
            }
        }
        bytes.extend_from_slice(&(self.kind.len() as u64).to_be_bytes());
        bytes.extend_from_slice(self.kind.as_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Ids of few values and kinds that look like ids, so that a mix-up would be found.
        #[test]
        fn two_rows_are_told_apart(
            orgs in prop::array::uniform2(prop::option::of(0..3_u128)),
            kinds in prop::array::uniform2("[\0\x01a]{0,18}"),
            ids in prop::array::uniform2(0..3_u128),
        ) {
            let row = |at: usize| SealedRow {
                org: orgs[at].map(Uuid::from_u128), kind: &kinds[at], id: Uuid::from_u128(ids[at]),
            };
            let (one, other) = (row(0), row(1));
            prop_assert_eq!(one == other, one.associated(&[1; 17]) == other.associated(&[1; 17]));
        }
    }
}
