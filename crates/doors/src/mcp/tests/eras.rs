//! The official client over a real connection, in both eras.

use super::web::here;
use crate::http::{More, site};
use g8_core::testing::TestApp;
use g8_product::testing::test_app;
use g8_storage::on_both;
use rmcp::{
    ClientLifecycleMode, ClientServiceExt, RoleClient,
    model::{CallToolRequestParams, ClientCapabilities, ClientConfig, Implementation, ProtocolVersion},
    service::RunningService,
    transport::{StreamableHttpClientTransport, streamable_http_client::StreamableHttpClientTransportConfig},
};
use serde_json::{Value, json};

async fn listen(kit: &TestApp) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let site = site(here(kit, &url), More::default());
    let site = axum::ServiceExt::<axum::extract::Request>::into_make_service_with_connect_info::<
        std::net::SocketAddr,
    >(site);
    tokio::spawn(async move { axum::serve(listener, site).await });
    url
}

type Client = RunningService<RoleClient, ClientConfig>;

async fn client(url: &str, key: &str, lifecycle: ClientLifecycleMode) -> Result<Client, String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = StreamableHttpClientTransportConfig::with_uri(format!("{url}/mcp/")).auth_header(key);
    let transport = StreamableHttpClientTransport::with_client(reqwest::Client::new(), config);
    let me = ClientConfig::new(ClientCapabilities::default(), Implementation::new("test", "1"));
    me.serve_with_lifecycle(transport, lifecycle).await.map_err(|error| error.to_string())
}

fn both() -> [ClientLifecycleMode; 2] {
    let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
    [ClientLifecycleMode::Initialize, ClientLifecycleMode::Discover { preferred_versions }]
}

fn params(tool: &'static str, arguments: Value) -> CallToolRequestParams {
    CallToolRequestParams::new(tool).with_arguments(arguments.as_object().unwrap().clone())
}

on_both! {
    async fn the_official_client_lists_and_calls_in_both_eras(test) {
        let kit = test_app(test).await;
        let url = listen(&kit).await;
        for (number, lifecycle) in both().into_iter().enumerate() {
            let client = client(&url, &kit.key, lifecycle).await.unwrap();
            let info = client.peer_info().unwrap();
            assert!(info.instructions.as_ref().is_some_and(|text| text.contains("go-to-market")), "{info:?}");
            let tools = client.list_all_tools().await.unwrap();
            assert!(tools.iter().any(|tool| tool.name == "g8_create_contact"));
            let email = format!("ann{number}@x.com");
            let made = client.call_tool(params("g8_create_contact", json!({ "work_email": email }))).await.unwrap();
            assert_eq!(made.structured_content.unwrap()["id"], number + 1);
            let refused = client.call_tool(params("g8_get_contact", json!({ "contact_id": 99 }))).await.unwrap();
            assert_eq!(refused.is_error, Some(true));
            assert_eq!(client.list_all_resources().await.unwrap().len(), 2);
            assert_eq!(client.list_all_prompts().await.unwrap().len(), 2);
            client.cancel().await.unwrap();
        }
        for lifecycle in both() {
            assert!(client(&url, "g8_live_nonsense", lifecycle).await.is_err());
        }
    }
}
