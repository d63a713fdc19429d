//! Randomness and what is made of it: ids, as the context gives them.

use g8_domain::Ts;
use rand::{
    CryptoRng, Rng, SeedableRng,
    rngs::{StdRng, SysRng},
};
use std::sync::{Mutex, MutexGuard, PoisonError};
use ulid::Ulid;
use uuid::Uuid;

/// The source of every random number. Seeded from the operating system, or by a test.
pub struct Entropy(Mutex<State>);

struct State {
    rng: StdRng,
    last: u128,
}

impl Entropy {
    /// Seeded from the operating system.
    ///
    /// # Errors
    /// The operating system gives no random numbers.
    pub fn system() -> Result<Self, String> {
        let rng = StdRng::try_from_rng(&mut SysRng).map_err(|error| error.to_string())?;
        Ok(Self(Mutex::new(State { rng, last: 0 })))
    }

    /// The same numbers every time, for tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(State { rng: StdRng::seed_from_u64(seed), last: 0 }))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something made with the generator.
    pub fn with<T>(&self, make: impl FnOnce(&mut dyn CryptoRng) -> T) -> T {
        make(&mut self.lock().rng)
    }

    /// A UUIDv7 (RFC 9562 §5.7). Ids from one process never go backwards, even within a millisecond
    /// or when the clock does: lists order by them.
    pub fn id(&self, now: Ts) -> Uuid {
        let mut state = self.lock();
        let millis = u64::try_from(now.0 / 1000).unwrap_or_default();
        let mut random = [0; 10];
        state.rng.fill_bytes(&mut random);
        let fresh = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_u128();
        state.last = if fresh > state.last { fresh } else { state.last + 1 };
        Uuid::from_u128(state.last)
    }

    /// `req_` and a ULID: names one request in answers and logs.
    pub fn request_id(&self, now: Ts) -> String {
        let millis = u64::try_from(now.0 / 1000).unwrap_or_default();
        let random = self.with(|rng| (u128::from(rng.next_u64()) << 64) | u128::from(rng.next_u64()));
        format!("req_{}", Ulid::from_parts(millis, random))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_instant_are_in_order_and_stay_version_7() {
        let entropy = Entropy::seeded(1);
        let ids: Vec<Uuid> = (0..1000).map(|n| entropy.id(Ts(1_767_225_600_000_000 - n))).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }
}
