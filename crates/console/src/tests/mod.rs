//! Pages as the people in front of them see them.

mod client;
mod records;
mod settings;

use client::Web;
use g8_core::admin;
use g8_domain::record::Role;

#[tokio::test]
async fn a_page_says_what_is_left_of_the_plan() {
    let web = Web::new().await;
    let mut ann = web.sign_in("ann@example.com", Role::Member).await;
    admin::set_plan(&web.kit.app, web.kit.org, "developer").await.unwrap();
    let page = ann.get("/contacts").await;
    assert_eq!(page.headers["x-ratelimit-limit-minute"], "200");
    assert_eq!(page.headers["x-ratelimit-remaining"], "199");
}
