//! A webhook: added, told of an event, its attempt seen, sent again.

use super::Way;
use crate::{Result, receiver::Receiver};
use serde_json::json;

pub async fn walk(way: &Way<'_>) -> Result<String> {
    let receiver = Receiver::start().await?;
    let browser = way.driver.browser().await?;
    let tab = browser.tab(&way.server.url);
    way.set_up(tab).await?;
    tab.go("/settings/webhooks").await?;
    tab.press("Add webhook").await?;
    tab.fill("url", "http://192.168.1.1/private").await?;
    tab.tick("events", "contact.created").await?;
    tab.press("Add webhook").await?;
    tab.sees("`url`").await?;
    tab.fill("url", &receiver.url).await?;
    tab.press("Add webhook").await?;
    let secret = tab.read("#secret").await?;
    if !secret.starts_with("whsec_") {
        return Err(format!("the secret is {secret}").into());
    }
    tab.press("I have stored it").await?;
    way.server.make("/contacts", json!({ "work_email": "ada@example.com", "first_name": "Ada" })).await?;
    let told = receiver.nth(1).await?;
    if told["event"] != "contact.created" {
        return Err(format!("the receiver was told {told}").into());
    }
    tab.until("Status 200").await?;
    tab.press("contact.created").await?;
    tab.sees("thank you").await?;
    tab.sees("ada@example.com").await?;
    tab.press("Resend").await?;
    let again = receiver.nth(2).await?;
    if again["id"] != told["id"] {
        return Err(format!("sent again was {again}").into());
    }
    browser.close().await?;
    Ok(String::new())
}
