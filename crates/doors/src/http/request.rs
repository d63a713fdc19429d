//! Every request has an id, in its answer and in its log line.

use super::{HttpState, Secured};
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{Extensions, HeaderValue, request::Parts},
    middleware::Next,
    response::Response,
};
use g8_core::Origin;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// The id of a request, once [`trace`] has given it one.
#[derive(Clone)]
struct RequestId(String);

/// The id of this request.
#[must_use]
pub fn id_of(extensions: &Extensions) -> String {
    extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// The address at the other end of the connection.
pub fn peer_of(request: &Parts) -> Option<IpAddr> {
    Some(request.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical())
}

/// Whether an address lies in one of these networks.
pub fn is_among(address: &IpAddr, networks: &[IpNet]) -> bool {
    networks.iter().any(|network| network.contains(address))
}

/// The address a request comes from: the peer's; behind a trusted proxy, the last one in
/// `X-Forwarded-For` that no trusted proxy has. What stands before it is the client's own claim.
pub fn address_of(request: &Parts, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_proxy = |address: &IpAddr| is_among(address, trusted);
    let peer = peer_of(request)?;
    if !is_proxy(&peer) {
        return Some(peer);
    }
    let headers = request.headers.get_all("x-forwarded-for");
    let named: Vec<&str> =
        headers.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    let mut address = peer;
    for name in named.iter().rev() {
        let Ok(before) = name.trim().parse::<IpAddr>() else { break };
        address = before.to_canonical();
        if !is_proxy(&address) {
            break;
        }
    }
    Some(address)
}

/// Where a request comes from, for the audit log.
#[must_use]
pub fn request_origin(site: &HttpState, request: &Parts, door: &'static str) -> Origin {
    let text =
        |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
    Origin {
        request_id: id_of(&request.extensions),
        door,
        address: address_of(request, &site.trusted_proxies).map(|address| address.to_string()),
        agent: text("user-agent").map(|agent| agent.chars().take(200).collect()),
        // What is no text is no key of ours, and is refused as such.
        idempotency_key: text("idempotency-key"),
    }
}

/// Whether the caller reached us by HTTPS.
#[must_use]
pub fn is_https(request: &Parts) -> bool {
    Secured::of(&request.extensions).is_some_and(|secured| secured.https)
}

/// Gives the request an id and logs what became of it. Paths are logged by their pattern, queries not
/// at all: both may hold what is somebody's own.
pub async fn trace(State(site): State<HttpState>, mut request: Request, next: Next) -> Response {
    let clock = &site.app.clock;
    let start = clock.now();
    let id = site.app.entropy.request_id(start);
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let running = site.traffic.begin();
    let mut response = next.run(request).await;
    drop(running);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let micros = clock.now().0 - start.0;
    site.traffic.count(&method, &path, response.status(), micros);
    tracing::info!(request_id = id, %method, path, status = response.status().as_u16(), micros, "request");
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_forged_x_forwarded_for_names_an_address_or_nothing(
            values in proptest::collection::vec(r"[ -~\x80-\xff]{0,40}|([0-9]{1,3}\.){3}[0-9]{1,3}(, ?::1)?", 0..4),
        ) {
            let mut request = Request::new(Body::empty());
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 1))));
            for value in &values {
                request.headers_mut().append("x-forwarded-for", HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            let parts = request.into_parts().0;
            prop_assert_eq!(address_of(&parts, &[]).unwrap().to_string(), "10.0.0.1");
            let proxy: IpNet = "10.0.0.0/8".parse().unwrap();
            prop_assert!(address_of(&parts, &[proxy]).is_some());
        }
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_about_addresses() {
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        let from = |peer: &str, forwarded: &[&str]| {
            let mut request = Request::new(Body::empty());
            let peer = SocketAddr::new(peer.parse().unwrap(), 1);
            request.extensions_mut().insert(ConnectInfo(peer));
            for value in forwarded {
                request.headers_mut().append("x-forwarded-for", value.parse().unwrap());
            }
            address_of(&request.into_parts().0, &trusted).unwrap().to_string()
        };
        assert_eq!(from("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(from("10.0.0.1", &["1.1.1.1, 198.51.100.1", "10.9.9.9"]), "198.51.100.1");
        assert_eq!(from("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(from("10.0.0.1", &["198.51.100.1, nonsense"]), "10.0.0.1");
    }
}
