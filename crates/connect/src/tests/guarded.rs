//! Nothing private is reached, by whatever method and however it is written.

use super::{METHODS, echo};
use crate::{Guard, Outbound, OutboundError};
use tokio::net::TcpListener;

#[tokio::test]
async fn no_method_reaches_what_is_not_public() {
    let outbound = Outbound::new(Guard::default()).unwrap();
    // Were it reached, the fault would be another one.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let hosts = [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "10.0.0.7",
        "[fd00::1]",
        "[fe80::1]",
        // Its address shows when it is resolved.
        "localhost",
        "LOCALHOST",
    ];
    for (method, begin) in METHODS {
        for host in hosts {
            let fault =
                outbound.send(begin(&format!("https://{host}:{port}/?key=s3cret"))).await.unwrap_err();
            assert!(
                matches!(&fault, OutboundError::Url(why) if why.ends_with("which is not on the public internet")),
                "{method} {host}: {fault:?}"
            );
            assert!(!fault.retryable() && !fault.may_have_happened());
        }
        for url in
            ["http://example.com/", "ftp://example.com/", "https://ann:pw@example.com/", "example.com", ""]
        {
            let fault = outbound.send(begin(url)).await.unwrap_err();
            assert!(matches!(fault, OutboundError::Url(_)), "{method} {url}: {fault:?}");
        }
    }
}

#[tokio::test]
async fn what_the_operator_allows_is_allowed_by_its_name_alone() {
    let port = echo().await.rsplit(':').next().unwrap().to_owned();
    let outbound = Outbound::new(Guard::allowing(&["localhost".to_owned()])).unwrap();
    for (method, begin) in METHODS {
        let allowed = outbound.send(begin(&format!("http://localhost:{port}/"))).await.unwrap();
        assert_eq!(allowed.header("x-method"), Some(method));
        for scheme in ["http", "https"] {
            let fault = outbound.send(begin(&format!("{scheme}://127.0.0.1:{port}/"))).await.unwrap_err();
            assert!(matches!(fault, OutboundError::Url(_)), "{method} {scheme}: {fault:?}");
        }
    }
}
