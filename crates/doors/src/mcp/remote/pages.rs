//! From which web pages, and under which names, the endpoint may be asked: our own and this machine's. A page elsewhere
//! that had its name point here would come with a foreign name or origin, and is refused.

use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};
use url::Url;

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The names in `CallerProvider`; a proxy may have changed the port.
pub fn hosts(public_url: &str) -> Vec<String> {
    let own = Url::parse(public_url).ok().and_then(|url| Some(url.host_str()?.to_owned()));
    LOOPBACK.map(str::to_owned).into_iter().chain(own).collect()
}

/// The origins, as rmcp reads them: with the port written, since without it every port would do.
pub fn origins(public_url: &str) -> Vec<String> {
    let here = LOOPBACK.map(|host| {
        if host.contains(':') { format!("http://[{host}]:*") } else { format!("http://{host}:*") }
    });
    let own = Url::parse(public_url).ok().and_then(|url| {
        Some(format!("{}://{}:{}", url.scheme(), url.host_str()?, url.port_or_known_default()?))
    });
    here.into_iter().chain(own).collect()
}

/// What browsers want to hear before they let such a page ask and read (contract/tools.md §3).
pub fn cors(public_url: &str) -> CorsLayer {
    let own = Url::parse(public_url).map(|url| url.origin()).ok();
    let may = move |origin: &HeaderValue, _: &_| {
        let origin = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok());
        origin.is_some_and(|origin| is_here(&origin) || Some(origin.origin()) == own)
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(may))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers(ASKED.map(HeaderName::from_static))
        .expose_headers(TOLD.map(HeaderName::from_static))
}

fn is_here(origin: &Url) -> bool {
    let host = origin.host_str().unwrap_or_default().trim_matches(['[', ']']);
    origin.scheme() == "http" && LOOPBACK.contains(&host)
}

const ASKED: [&str; 9] = [
    "accept",
    "authorization",
    "content-type",
    "last-event-id",
    "mcp-method",
    "mcp-name",
    "mcp-protocol-version",
    "mcp-session-id",
    "x-mcp-readonly",
];
const TOLD: [&str; 4] = ["mcp-session-id", "retry-after", "www-authenticate", "x-request-id"];
