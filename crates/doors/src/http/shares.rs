//! How much of something one holder may have at once, so that nobody takes what is there for all.

use g8_core::network;
use ipnet::IpNet;
use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

type Held<K> = Arc<Mutex<HashMap<K, usize>>>;

/// What holders have of something just now.
#[derive(Clone, Debug)]
pub struct Shares<K> {
    most: usize,
    held: Held<K>,
}

impl<K: Hash + Eq + Clone> Shares<K> {
    /// Lets each holder have `most`, and one at least.
    #[must_use]
    pub fn of(most: usize) -> Self {
        Self { most: most.max(1), held: Arc::default() }
    }

    /// One more for this holder; none when it has its share.
    #[must_use]
    pub fn take(&self, holder: K) -> Option<Share<K>> {
        let mut held = locked(&self.held);
        let has = held.entry(holder.clone()).or_default();
        if *has >= self.most {
            return None;
        }
        *has += 1;
        Some(Share { holder, held: Arc::clone(&self.held) })
    }
}

/// One of what a holder has; given back when dropped.
#[derive(Debug)]
pub struct Share<K: Hash + Eq> {
    holder: K,
    held: Held<K>,
}

impl<K: Hash + Eq> Drop for Share<K> {
    fn drop(&mut self) {
        let mut held = locked(&self.held);
        if let Some(has) = held.get_mut(&self.holder) {
            *has = has.saturating_sub(1);
            // What nobody has costs no memory.
            if *has == 0 {
                held.remove(&self.holder);
            }
        }
    }
}

/// Shares by the network a caller comes from.
#[derive(Clone, Debug)]
pub struct Networks {
    shares: Shares<IpAddr>,
    proxies: Arc<[IpNet]>,
}

impl Networks {
    /// Lets each network have `most`; this machine and the proxies, which speak for many, as many as they like.
    #[must_use]
    pub fn new(most: usize, proxies: &[IpNet]) -> Self {
        Self { shares: Shares::of(most), proxies: proxies.into() }
    }

    /// One more for the network of this address; none when it has its share.
    #[must_use]
    pub fn take(&self, address: Option<IpAddr>) -> Option<OfNetwork> {
        let address = address.map(|address| address.to_canonical());
        let limited = |address: &IpAddr| {
            !address.is_loopback() && !self.proxies.iter().any(|proxies| proxies.contains(address))
        };
        match address.filter(limited) {
            Some(address) => Some(OfNetwork { _share: Some(self.shares.take(network(address))?) }),
            None => Some(OfNetwork { _share: None }),
        }
    }
}

/// One of what a network has; given back when dropped.
#[derive(Debug)]
pub struct OfNetwork {
    _share: Option<Share<IpAddr>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_its_share_and_others_have_theirs() {
        let networks = Networks::new(2, &["10.0.0.0/8".parse().unwrap()]);
        let take = |address: &str| networks.take(Some(address.parse().unwrap()));
        let (first, _second) = (take("203.0.113.9").unwrap(), take("::ffff:203.0.113.9").unwrap());
        assert!(take("203.0.113.9").is_none());
        let _other = take("203.0.113.10").unwrap();
        drop(first);
        let _again = take("203.0.113.9").unwrap();
        // What a subscriber of IPv6 is given is one network.
        let _v6 = (take("2001:db8::1").unwrap(), take("2001:db8::ffff:2").unwrap());
        assert!(take("2001:db8::3").is_none() && take("2001:db8:1::3").is_some());
        for everybody in ["127.0.0.1", "::1", "10.1.2.3"] {
            let many: Vec<_> = (0..9).map(|_| take(everybody)).collect();
            assert!(many.iter().all(Option::is_some), "{everybody}");
        }
    }

    #[test]
    fn what_was_given_back_is_forgotten() {
        let shares = Shares::of(0);
        let one = shares.take(1).unwrap();
        assert!(shares.take(1).is_none() && shares.take(2).is_some());
        drop(one);
        assert!(locked(&shares.held).is_empty());
    }
}
