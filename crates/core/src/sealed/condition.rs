//! How the sealed credentials of an installation are, for whoever looks it over. Nothing is changed.

use g8_auth::{Pepper, SealedEnvelope, SealedRow, SealingKey};
use g8_storage::{
    Db,
    sealed::{self, SealedValue},
    sealing_keys::{self, SealingSalt},
};
use uuid::Uuid;

/// Values that are read at once, of up to 64 KiB each.
const AT_ONCE: i64 = 32;
/// Values that are opened at most: a look is not to take longer than an operator waits.
const MOST: i64 = 10_000;
/// Ids that are given at most.
const NAMED: usize = 5;

/// How the sealed credentials are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SealedCondition {
    /// How many there are.
    pub values: i64,
    /// How many of them lie under retired keys.
    pub under_retired: i64,
    /// How many of them lie under keys that were made with another secret key.
    pub of_other_secret: i64,
    /// Whether the current key was: then nothing can be sealed.
    pub current_is_of_other_secret: bool,
    /// How many were opened, or tried.
    pub tried: i64,
    /// How many of those did not open, though the secret key is theirs.
    pub closed: i64,
    /// The first ids of those.
    pub first_closed: Vec<Uuid>,
}

/// Opens every sealed credential, up to 10,000 of them, and counts.
///
/// # Errors
/// The database fails.
pub async fn examine_sealed(db: &Db, pepper: &Pepper) -> g8_domain::Result<SealedCondition> {
    let (mark, mut found) = (pepper.mark(), SealedCondition::default());
    for salt in sealing_keys::all(&mut &*db).await? {
        let (values, fits) = (sealed::count(&mut &*db, salt.id).await?, salt.secret_mark == mark);
        found.values += values;
        found.under_retired += if salt.retired_at.is_some() { values } else { 0 };
        if fits {
            open_all(db, pepper, &salt, &mut found).await?;
        } else {
            found.of_other_secret += values;
            found.current_is_of_other_secret |= salt.retired_at.is_none();
        }
    }
    Ok(found)
}

async fn open_all(
    db: &Db,
    pepper: &Pepper,
    salt: &SealingSalt,
    found: &mut SealedCondition,
) -> g8_domain::Result<()> {
    let (key, mut behind) = (SealingKey::derive(pepper, salt.id, &salt.salt), Uuid::nil());
    while found.tried < MOST {
        let values = sealed::of_key(&mut &*db, salt.id, behind, AT_ONCE).await?;
        let Some(last) = values.last() else { break };
        behind = last.id;
        for value in values {
            let id = value.id;
            found.tried += 1;
            if !key.as_ref().is_some_and(|key| opens(key, value)) {
                found.closed += 1;
                found.first_closed.extend((found.first_closed.len() < NAMED).then_some(id));
            }
        }
    }
    Ok(())
}

fn opens(key: &SealingKey, value: SealedValue) -> bool {
    let row = SealedRow { org: value.org_id, kind: &value.kind, id: value.id };
    SealedEnvelope::from_bytes(value.envelope).is_ok_and(|sealed| key.open(&row, &sealed).is_ok())
}
