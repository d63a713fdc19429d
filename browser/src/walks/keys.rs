//! Setup link, sign in, a key: made, used, seen, rotated, revoked.

use super::{PASSWORD, Way};
use crate::{Result, axe, tab::Tab};
use reqwest::{Method, StatusCode};

pub async fn walk(way: &Way<'_>) -> Result<String> {
    let browser = way.driver.browser().await?;
    let tab = browser.tab(&way.server.url);
    way.set_up(tab).await?;
    sign_in_again(tab).await?;
    let key = create(way, tab).await?;
    expect(way, &key, StatusCode::OK).await?;
    tab.go("/settings/api").await?;
    let row = tab.read("main tbody tr:first-child").await?;
    if !row.contains("CRM sync") || row.contains("never\nKey") {
        return Err(format!("the key's row does not show its use: {row}").into());
    }
    let next = rotate(tab).await?;
    expect(way, &key, StatusCode::UNAUTHORIZED).await?;
    expect(way, &next, StatusCode::OK).await?;
    tab.go("/settings/api").await?;
    tab.press("Revoke").await?;
    tab.driver.find(thirtyfour::By::Css("details[open] button.bad")).await?.click().await?;
    tab.sees("First key").await?;
    expect(way, &next, StatusCode::UNAUTHORIZED).await?;
    browser.close().await?;
    Ok(String::new())
}

async fn sign_in_again(tab: Tab<'_>) -> Result {
    tab.driver.find(thirtyfour::By::Css("form[action='/sign-out'] button")).await?.click().await?;
    tab.sees("Sign in").await?;
    tab.go("/settings/api").await?;
    tab.fill("email", "ann@example.com").await?;
    tab.fill("password", "wrong horse").await?;
    tab.press("Sign in").await?;
    tab.sees("is wrong").await?;
    tab.fill("email", "ann@example.com").await?;
    tab.fill("password", PASSWORD).await?;
    tab.press("Sign in").await?;
    // Back where she wanted to go.
    tab.sees("API keys").await
}

async fn create(way: &Way<'_>, tab: Tab<'_>) -> Result<String> {
    tab.go("/settings/api").await?;
    tab.press("Create API key").await?;
    tab.fill("name", "CRM sync").await?;
    tab.press("Generate").await?;
    tab.sees("must be chosen").await?;
    tab.tick("scopes", "contacts").await?;
    tab.press("Generate").await?;
    let key = tab.read("#token").await?;
    let faults = axe::faults(tab, &way.axe).await?;
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    Ok(key)
}

async fn rotate(tab: Tab<'_>) -> Result<String> {
    tab.press("Rotate").await?;
    tab.driver.find(thirtyfour::By::Css("details[open] button.bad")).await?.click().await?;
    tab.read("#token").await
}

/// As curl does it.
async fn expect(way: &Way<'_>, key: &str, status: StatusCode) -> Result {
    let (said, answer) = way.server.ask(key, Method::GET, "/contacts", None).await?;
    if said == status {
        Ok(())
    } else {
        Err(format!("the key gives {said} in place of {status}: {answer}").into())
    }
}
