//! All requests come over HTTPS (seed 000), but for those that never leave this machine.

use super::{HttpState, answer, forwarded, request};
use axum::{
    extract::{Request, State},
    http::{Extensions, header::STRICT_TRANSPORT_SECURITY, request::Parts},
    middleware::Next,
    response::Response,
};
use g8_domain::{Error, ErrorKind};
use ipnet::IpNet;

/// How the connection of a request carries its bytes; whoever accepts connections puts it into the
/// request's extensions. Without it, a connection counts as plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// As they are.
    Plain,
    /// Encrypted.
    Tls,
}

/// How a request that is secure came here; in its extensions once it was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secured {
    /// Whether the caller's side is HTTPS, here or at a trusted proxy; else it is plain HTTP on this machine.
    pub https: bool,
}

impl Secured {
    /// How this request came, once it was let in; none for probes, which may come any way.
    #[must_use]
    pub fn of(extensions: &Extensions) -> Option<Self> {
        extensions.get().copied()
    }

    /// How a request came, if that is secure. A trusted proxy is believed about its caller's side, even
    /// against the encryption between it and this server; others are not even asked.
    fn find(request: &Parts, trusted: &[IpNet]) -> Option<Self> {
        let peer = request::peer_of(request);
        if peer.is_some_and(|peer| request::is_among(&peer, trusted)) {
            match forwarded::is_https(&request.headers) {
                Some(true) => return Some(Self { https: true }),
                Some(false) => return None,
                None => {}
            }
        }
        if request.extensions.get() == Some(&Transport::Tls) {
            return Some(Self { https: true });
        }
        // Who is not known to be near is far; so is whom a proxy on this machine speaks for.
        let near = peer.is_some_and(|peer| peer.is_loopback()) && !forwarded::is_forwarded(&request.headers);
        near.then_some(Self { https: false })
    }
}

/// Lets secure requests in, and refuses the others before anything of them is looked at.
pub async fn only(State(site): State<HttpState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let secured = Secured::find(&parts, &site.trusted_proxies);
    match secured {
        Some(secured) => drop(parts.extensions.insert(secured)),
        // Probes carry no key and are told no secret.
        None if ["/healthz", "/readyz"].contains(&parts.uri.path()) => {}
        None => return answer::error(&request::id_of(&parts.extensions), &refused(&site.public_url)),
    }
    let mut response = next.run(Request::from_parts(parts, body)).await;
    // Over plain HTTP it must not be said (RFC 6797 §7.2).
    if let (Some(Secured { https: true }), Some(hsts)) = (secured, &site.hsts) {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, hsts.clone());
    }
    response
}

fn refused(public_url: &str) -> Error {
    let url = if public_url.starts_with("https://") { public_url } else { "https://…" };
    let message = format!(
        "All requests must be made over HTTPS: use {url}, or declare the proxy in front of this server in \
         trusted_proxies and let it send X-Forwarded-Proto."
    );
    Error::new(ErrorKind::Forbidden, message)
}
