//! Which servers a caller may name: those of the public internet, over HTTPS.
//!
//! The addresses are filtered by the resolver that makes the connection, so that a name which means another
//! address a moment later gains nothing; and on the URL itself, because an address in it is never resolved.

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, OnceLock},
};
use url::{Host, Url};

/// What is not on the public internet: the registries of RFC 6890 and what came after it. IPv6 that wraps
/// IPv4 (mapped, compatible, 6to4, NAT64, Teredo) is refused as a whole: nobody is reached only that way.
const REFUSED: &[&str] = &[
    // This network, private, shared (CGNAT), loopback, link-local.
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    // Protocol assignments, documentation, 6to4 relays, private, benchmarks.
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    // Multicast, reserved, broadcast.
    "224.0.0.0/4",
    "240.0.0.0/4",
    // Unspecified, loopback, compatible; mapped.
    "::/96",
    "::ffff:0:0/96",
    // NAT64, discard, protocol assignments with Teredo, benchmarks and ORCHID, documentation, 6to4.
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    // Segment routing, unique local, link-local, site-local, multicast.
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
];

/// Whether an address is one of the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    static NETS: OnceLock<Vec<IpNet>> = OnceLock::new();
    let nets = NETS.get_or_init(|| REFUSED.iter().filter_map(|net| net.parse().ok()).collect());
    !nets.iter().any(|net| net.contains(&address))
}

/// Reads a URL. The parser writes addresses in every notation (octal, hexadecimal, one number) in the usual one.
pub(crate) fn parse(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|_| "must be a URL as https://example.com/path".to_owned())
}

/// A host or address that may not be reached, worded to follow the name of the URL.
#[derive(Debug, thiserror::Error)]
#[error("must not point to {0}, which is not on the public internet")]
pub(crate) struct NotPublic(String);

/// Which servers may be reached. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// Hosts that the operator allows in addition, wherever they are and without HTTPS.
    allowed: Arc<[String]>,
}

impl Guard {
    /// A guard that lets these hosts through, too: names or addresses, as they stand in URLs.
    #[must_use]
    pub fn allowing(hosts: &[String]) -> Self {
        Self { allowed: hosts.iter().map(|host| host.to_lowercase()).collect() }
    }

    fn allows(&self, host: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == host.trim_matches(['[', ']']))
    }

    /// Reads a URL and refuses one that may not be called.
    ///
    /// # Errors
    /// What is wrong, worded to follow the field's name.
    pub fn url(&self, text: &str) -> Result<Url, String> {
        self.vetted(parse(text)?)
    }

    /// Refuses a URL that may not be called.
    pub(crate) fn vetted(&self, url: Url) -> Result<Url, String> {
        let Some(host) = url.host() else { return Err("must name a host".to_owned()) };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not hold a user name or password".to_owned());
        }
        let allowed = self.allows(&host.to_string());
        match url.scheme() {
            "https" => {}
            "http" if allowed => {}
            _ => return Err("must begin with https://".to_owned()),
        }
        let address = match host {
            Host::Ipv4(address) => Some(IpAddr::from(address)),
            Host::Ipv6(address) => Some(IpAddr::from(address)),
            Host::Domain(_) => None,
        };
        match address {
            Some(address) if !allowed && !is_public(address) => {
                Err(NotPublic(address.to_string()).to_string())
            }
            _ => Ok(url),
        }
    }

    /// The addresses among these that may be connected to for a host of this name.
    fn reachable(&self, host: &str, found: impl Iterator<Item = SocketAddr>) -> Vec<SocketAddr> {
        found.filter(|address| self.allows(host) || is_public(address.ip())).collect()
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let host = name.as_str().to_lowercase();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let reachable = guard.reachable(&host, found);
            if reachable.is_empty() {
                return Err(NotPublic(host).into());
            }
            Ok(Box::new(reachable.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> String {
        Guard::default().url(url).expect_err(url)
    }

    #[test]
    fn every_range_is_refused_at_both_ends_and_its_neighbours_are_not() {
        for net in REFUSED {
            let net: IpNet = net.parse().unwrap();
            for address in [net.network(), net.broadcast()] {
                assert!(!is_public(address), "{address} of {net}");
                let host = if address.is_ipv6() { format!("[{address}]") } else { address.to_string() };
                assert!(refused(&format!("https://{host}/")).contains("public internet"), "{host}");
            }
        }
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "2003::1",
            "2a00::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn an_address_is_seen_in_every_notation() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.1.",
            "①②⑦.0.0.1",
            "127。0。0。1",
            "169.254.169.254",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[fe80::1]",
            "[fd00::1]",
            "0",
            "0.0.0.0",
        ] {
            assert!(refused(&format!("https://{host}/hook")).contains("public internet"), "{host}");
        }
    }

    #[test]
    fn only_https_without_credentials_unless_the_operator_allows_the_host() {
        assert_eq!(refused("http://example.com/"), "must begin with https://");
        assert_eq!(refused("ftp://example.com/"), "must begin with https://");
        assert_eq!(refused("https://ann:pw@example.com/"), "must not hold a user name or password");
        assert_eq!(refused("example.com"), "must be a URL as https://example.com/path");
        assert_eq!(refused("https:///"), "must be a URL as https://example.com/path");
        let lax = Guard::allowing(&["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()]);
        for url in [
            "http://localhost:3000/x",
            "http://127.0.0.1:3000/",
            "http://[::1]:3000/",
            "https://example.com/",
        ] {
            assert!(lax.url(url).is_ok(), "{url}");
        }
        assert!(lax.url("http://127.0.0.2/").is_err() && lax.url("http://example.com/").is_err());
    }

    #[test]
    fn a_name_that_means_a_private_address_leads_nowhere() {
        let found = ["10.0.0.1:0", "1.1.1.1:0", "[::1]:0"].map(|address| address.parse().unwrap());
        let reachable = Guard::default().reachable("rebind.example", found.into_iter());
        assert_eq!(reachable, ["1.1.1.1:0".parse().unwrap()]);
        let lax = Guard::allowing(&["rebind.example".to_owned()]);
        assert_eq!(lax.reachable("rebind.example", found.into_iter()).len(), 3);
    }

    #[tokio::test]
    async fn the_resolver_that_connects_refuses_what_the_url_does_not_show() {
        let resolved = Guard::default().resolve("localhost".parse().unwrap()).await;
        let refused = resolved.map(|_| ()).unwrap_err().to_string();
        assert_eq!(refused, "must not point to localhost, which is not on the public internet");
    }
}
