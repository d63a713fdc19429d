//! What strangers do, counted in memory: however many come by, it stays flat.

use super::locked;
use g8_auth::{Quota, Window, limit::too_many};
use g8_domain::{Plan, Result, Ts};
use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::Mutex,
};

/// Windows that nobody asked for in this long are dropped.
const IDLE: i64 = Ts::DAY;
const MOST: usize = 10_000;

/// So many windows and no more.
pub(crate) struct Windows<K>(Mutex<HashMap<K, Window>>);

impl<K> Default for Windows<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Windows<K> {
    /// Counts a try if there is room.
    pub fn admit(&self, of: K, plan: Plan, now: Ts) -> Quota {
        let mut windows = locked(&self.0);
        sweep(&mut windows, now);
        windows.entry(of).or_default().admit(plan, now)
    }

    fn look(&self, of: &K, plan: Plan, now: Ts) -> Option<Quota> {
        Some(locked(&self.0).get(of)?.look(plan, now))
    }
}

/// Failed authentications by the address they came from.
#[derive(Default)]
pub struct Failures(Windows<IpAddr>);

impl Failures {
    /// Refuses an address that has failed too often.
    ///
    /// # Errors
    /// 429 with the seconds to wait.
    pub fn check(&self, address: Option<IpAddr>, most: u32, now: Ts) -> Result<()> {
        let Some(address) = address.map(network) else { return Ok(()) };
        let quota = self.0.look(&address, per_minute(most), now);
        let Some(quota) = quota.filter(|quota| !quota.admitted) else { return Ok(()) };
        let wait = quota.meters.iter().map(|meter| meter.wait(quota.at)).max().unwrap_or(1);
        Err(too_many("Too many failed authentications from this address".to_owned(), wait))
    }

    /// Counts a failure.
    pub fn count(&self, address: Option<IpAddr>, most: u32, now: Ts) {
        let Some(address) = address.map(network) else { return };
        self.0.admit(address, per_minute(most), now);
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

fn sweep<K: Eq + Hash>(windows: &mut HashMap<K, Window>, now: Ts) {
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
