//! Every page there is, full and empty, by day and night, on a screen and a telephone.

use super::Way;
use crate::{Result, crawl::crawl};

/// The pages that have a picture in the documentation.
const PICTURES: &[(&str, &str)] = &[
    ("contacts", "/contacts"),
    ("contact", "/contacts/1"),
    ("deals", "/deals"),
    ("tasks", "/tasks"),
    ("keys", "/settings/api"),
    ("new-key", "/settings/api/new"),
    ("webhooks", "/settings/webhooks"),
    ("usage", "/settings/usage"),
    ("developer", "/profile/developer"),
];

pub async fn walk(way: &Way<'_>) -> Result<String> {
    let browser = way.driver.browser().await?;
    let tab = browser.tab(&way.server.url);
    // Outside first: nobody is signed in.
    for path in ["/sign-in", "/setup", "/invitation", "/password", "/forgot-password"] {
        tab.go(path).await?;
        let faults = crate::axe::faults(tab, &way.axe).await?;
        if !faults.is_empty() {
            return Err(faults.join("\n").into());
        }
    }
    way.set_up(tab).await?;
    let empty = crawl(tab, &way.axe).await?;
    way.server.fill().await?;
    let full = crawl(tab, &way.axe).await?;
    text_only(tab).await?;
    for (name, path) in PICTURES {
        tab.go(path).await?;
        tab.picture(&way.args.images.join(format!("{name}.png"))).await?;
    }
    tab.look_as(375, 800, true).await?;
    tab.go("/contacts").await?;
    tab.picture(&way.args.images.join("contacts-phone-dark.png")).await?;
    browser.close().await?;
    Ok(format!(" ({empty} pages empty, {full} full)"))
}

/// What callers put in is text.
async fn text_only(tab: crate::tab::Tab<'_>) -> Result {
    tab.go("/contacts").await?;
    let text = tab.text().await?;
    if text.contains("<b>Bold</b>") {
        Ok(())
    } else {
        Err(format!("a name with HTML is not shown as text:\n{text}").into())
    }
}
