//! The same way by the official Rust crate, with a description of itself (Client ID Metadata Document) refused
//! where it is not HTTPS, and so by registration.

use super::{Way, assistant::agree};
use crate::Result;
use rmcp::{
    ServiceExt,
    model::CallToolRequestParams,
    transport::{
        StreamableHttpClientTransport,
        auth::{AuthClient, AuthorizationManager, AuthorizationRequest, OAuthState},
        streamable_http_client::StreamableHttpClientTransportConfig,
    },
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

pub async fn walk(way: &Way<'_>) -> Result<String> {
    way.server.fill().await?;
    let browser = way.driver.browser().await?;
    let tab = browser.tab(&way.server.url);
    way.set_up(tab).await?;
    let url = format!("{}/mcp", way.server.url);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let back = format!("http://127.0.0.1:{}/callback", listener.local_addr()?.port());
    let manager = AuthorizationManager::new_allowing_private_addresses(&url).await?;
    let mut state = OAuthState::Unauthorized(manager);
    let asked =
        AuthorizationRequest::new(&back).with_client_name("A Rust assistant").with_initial_scope_selection();
    state.start_authorization(asked).await?;
    let address = state.get_authorization_url().await?;
    let arrived = tokio::spawn(arrival(listener));
    agree(way, tab, &address, "A Rust assistant").await?;
    let returned = format!("{}{}", back.trim_end_matches("/callback"), arrived.await??);
    state.handle_callback_url(&returned).await?;
    let manager = state.into_authorization_manager().ok_or("no authorization")?;
    let http = AuthClient::new(reqwest::Client::new(), manager);
    let config = StreamableHttpClientTransportConfig::with_uri(url.as_str());
    let client = ().serve(StreamableHttpClientTransport::with_client(http, config)).await?;
    let asked = CallToolRequestParams::new("g8_search_contacts");
    let found = client.call_tool(asked).await?;
    let count =
        found.structured_content.as_ref().and_then(|found| found["data"].as_array()).map_or(0, Vec::len);
    client.cancel().await?;
    browser.close().await?;
    if count == 5 { Ok(String::new()) } else { Err(format!("found {count} contacts: {found:?}").into()) }
}

/// What the browser brings back.
async fn arrival(listener: TcpListener) -> Result<String> {
    loop {
        let (stream, _) = listener.accept().await?;
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone").await?;
        let path = line.split(' ').nth(1).unwrap_or_default();
        if path.contains("code=") {
            return Ok(path.to_owned());
        }
    }
}
