//! Where the requests of keys are counted: in this process, or in the database for several of them.

use g8_auth::{Quota, Window, limit::too_many};
use g8_domain::{Error, Kind, Plan, Result, Ts};
use g8_storage::{Db, windows};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// Windows that nobody asked for in this long are dropped.
const IDLE: i64 = Ts::DAY;
const MOST: usize = 10_000;
/// Tries against other nodes that write the same window, before this one waits for its turn.
const TRIES: usize = 3;

/// A window as this node knows it, and the version it was stored as.
type Known = Arc<tokio::sync::Mutex<Option<(Option<i64>, Window)>>>;

/// Counts requests against plans.
pub enum Limiter {
    /// In this process, which is alone.
    Local(Mutex<HashMap<Uuid, Window>>),
    /// In the database, for all that open it: one statement a request, none for a refusal.
    Shared(Mutex<HashMap<Uuid, Known>>),
}

impl Limiter {
    /// Counts in this process only.
    #[must_use]
    pub fn local() -> Self {
        Self::Local(Mutex::default())
    }

    /// Counts in the database.
    #[must_use]
    pub fn shared() -> Self {
        Self::Shared(Mutex::default())
    }

    /// Counts a request of a key if its plan has room, and says what is left.
    ///
    /// # Errors
    /// The database fails, where the count is there.
    pub async fn admit(&self, db: &Db, key: Uuid, plan: Plan, now: Ts) -> Result<Quota> {
        match self {
            _ if plan == Plan::UNLIMITED => Ok(Quota { meters: Vec::new(), at: now, admitted: true }),
            Self::Local(windows) => {
                let mut windows = locked(windows);
                sweep(&mut windows, now);
                Ok(windows.entry(key).or_default().admit(plan, now))
            }
            Self::Shared(known) => {
                let known = known_as(known, key);
                admit_shared(db, &known, (key, plan), now).await
            }
        }
    }
}

async fn admit_shared(db: &Db, known: &Known, (key, plan): (Uuid, Plan), now: Ts) -> Result<Quota> {
    let mut known = known.lock().await;
    for _ in 0..TRIES {
        let (version, mut window) = match known.take() {
            Some(known) => known,
            None => windows::get(&mut &*db, key).await?.map_or_else(Default::default, stored),
        };
        let quota = window.admit(plan, now);
        // Another node can only have counted more: what is refused here is refused there.
        if !quota.admitted {
            *known = Some((version, window));
            return Ok(quota);
        }
        match windows::put(db, key, version, window.to_bytes(), quota.at).await {
            Ok(true) => *known = Some((Some(version.unwrap_or_default() + 1), window)),
            Ok(false) => continue,
            // Where nothing can be written, what is only read is still answered: this node counts by itself.
            Err(error) if error.is_disk() => *known = Some((version, window)),
            Err(error) => return Err(error.into()),
        }
        return Ok(quota);
    }
    admit_in_turn(db, (key, plan), now).await
}

/// Where others keep being first: waits for its turn. Three statements more, and never starved.
async fn admit_in_turn(db: &Db, (key, plan): (Uuid, Plan), now: Ts) -> Result<Quota> {
    let mut tx = db.begin().await?;
    let gone = || Error::new(Kind::Unavailable, "The count of this key's requests was reset; try again.");
    let (version, mut window) = windows::lock(&mut tx, key).await?.map(stored).ok_or_else(gone)?;
    let quota = window.admit(plan, now);
    if quota.admitted {
        windows::put_locked(&mut tx, key, version.unwrap_or_default(), window.to_bytes(), quota.at).await?;
        tx.commit().await?;
    }
    Ok(quota)
}

fn stored(stored: windows::Stored) -> (Option<i64>, Window) {
    (Some(stored.version), Window::from_bytes(&stored.state))
}

fn known_as(known: &Mutex<HashMap<Uuid, Known>>, key: Uuid) -> Known {
    let mut known = locked(known);
    if known.len() >= MOST {
        // Whoever holds one goes on with it; the others are read afresh.
        known.clear();
    }
    Arc::clone(known.entry(key).or_default())
}

/// Failed authentications by the address they came from.
#[derive(Default)]
pub struct Failures(Mutex<HashMap<IpAddr, Window>>);

impl Failures {
    /// Refuses an address that has failed too often.
    ///
    /// # Errors
    /// 429 with the seconds to wait.
    pub fn check(&self, address: Option<IpAddr>, most: u32, now: Ts) -> Result<()> {
        let Some(address) = address.map(network) else { return Ok(()) };
        let windows = locked(&self.0);
        let Some(window) = windows.get(&address) else { return Ok(()) };
        let quota = window.look(per_minute(most), now);
        if quota.admitted {
            return Ok(());
        }
        let wait = quota.meters.iter().map(|meter| meter.wait(quota.at)).max().unwrap_or(1);
        Err(too_many("Too many failed authentications from this address".to_owned(), wait))
    }

    /// Counts a failure.
    pub fn count(&self, address: Option<IpAddr>, most: u32, now: Ts) {
        let Some(address) = address.map(network) else { return };
        let mut windows = locked(&self.0);
        sweep(&mut windows, now);
        windows.entry(address).or_default().admit(per_minute(most), now);
    }
}

fn per_minute(most: u32) -> Plan {
    Plan { per_minute: Some(most), ..Plan::UNLIMITED }
}

/// One subscriber: an IPv4 address, or the /64 that IPv6 hands out as one (RFC 6177).
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps memory flat however many keys and addresses come by.
fn sweep<K: Eq + std::hash::Hash>(windows: &mut HashMap<K, Window>, now: Ts) {
    if windows.len() >= MOST {
        windows.retain(|_, window| window.last().is_some_and(|last| now.0 - last.0 < IDLE));
    }
    if windows.len() >= MOST {
        // Those that were used last stay: a flood of new ones must not empty the others.
        let mut used: Vec<Ts> = windows.values().filter_map(Window::last).collect();
        used.sort_unstable();
        let middle = used.get(used.len() / 2).copied();
        windows.retain(|_, window| window.last() > middle);
    }
}
