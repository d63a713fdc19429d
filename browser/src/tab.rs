//! What a person does and sees in a window.

use crate::Result;
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use thirtyfour::{By, WebDriver, WebElement};

const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(100);

/// A window.
#[derive(Clone, Copy)]
pub struct Tab<'a> {
    pub driver: &'a WebDriver,
    pub base: &'a str,
}

impl Tab<'_> {
    /// Opens a page of the server.
    pub async fn go(self, path: &str) -> Result {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        Ok(self.driver.goto(&url).await?)
    }

    /// The path of the page.
    pub async fn path(self) -> Result<String> {
        Ok(self.driver.current_url().await?.path().to_owned())
    }

    /// Waits until the page is another.
    pub async fn leaves(self, path: &str) -> Result {
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            if self.path().await? != path {
                return Ok(());
            }
            pause().await;
        }
        Err(format!("still on {path}:\n{}", self.text().await?).into())
    }

    async fn find(self, what: &str, by: By) -> Result<WebElement> {
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            if let Some(element) = self.shown(by.clone()).await {
                return Ok(element);
            }
            pause().await;
        }
        Err(format!("{what} is not on {}:\n{}", self.path().await?, self.text().await?).into())
    }

    /// The first that can be seen. A page that is just being left has none.
    async fn shown(self, by: By) -> Option<WebElement> {
        for element in self.driver.find_all(by).await.ok()? {
            if element.is_displayed().await.is_ok_and(|shown| shown) {
                return Some(element);
            }
        }
        None
    }

    /// Types into a field, in place of what was there.
    pub async fn fill(self, name: &str, text: &str) -> Result {
        let field = self.find(&format!("the field {name}"), By::Css(format!("main [name='{name}']"))).await?;
        if field.attr("type").await?.as_deref() != Some("file") {
            field.clear().await?;
        }
        Ok(field.send_keys(text).await?)
    }

    /// Ticks a box.
    pub async fn tick(self, name: &str, value: &str) -> Result {
        let css = format!("main input[name='{name}'][value='{value}']");
        Ok(self.find(&format!("the box {value}"), By::Css(css)).await?.click().await?)
    }

    /// Presses a button or follows a link, by what is written on it.
    pub async fn press(self, words: &str) -> Result {
        let text = "normalize-space(.)";
        let is = format!("{text} = '{words}' or {text} = '{words}…'");
        let xpath = format!("//main//*[self::button or self::a or self::summary][{is}]");
        Ok(self.find(&format!("“{words}”"), By::XPath(xpath)).await?.click().await?)
    }

    /// Waits until the page says this.
    pub async fn sees(self, words: &str) -> Result {
        let xpath = format!("//main//*[contains(normalize-space(.), '{words}')]");
        self.find(&format!("“{words}”"), By::XPath(xpath)).await.map(drop)
    }

    /// Loads the page again until it says this.
    pub async fn until(self, words: &str) -> Result {
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            if self.text().await?.contains(words) {
                return Ok(());
            }
            pause().await;
            self.driver.refresh().await?;
        }
        Err(format!("“{words}” does not come:\n{}", self.text().await?).into())
    }

    /// What an element says.
    pub async fn read(self, css: &str) -> Result<String> {
        Ok(self.find(css, By::Css(css.to_owned())).await?.text().await?)
    }

    /// Everything the page says.
    pub async fn text(self) -> Result<String> {
        Ok(self.driver.find(By::Tag("body")).await?.text().await?)
    }

    /// What a script answers.
    pub async fn script(self, script: &str) -> Result<Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// Makes the window a telephone or a screen, by day or by night.
    pub async fn look_as(self, width: u32, height: u32, dark: bool) -> Result {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = if dark { "dark" } else { "light" };
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        )
        .await
    }

    /// Takes a picture.
    pub async fn picture(self, to: &Path) -> Result {
        Ok(self.driver.screenshot(to).await?)
    }

    async fn cdp(self, method: &str, params: Value) -> Result {
        self.driver.cdp().send_raw(method, params).await?;
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "a browser tells nobody when a page has come")]
async fn pause() {
    tokio::time::sleep(LOOK).await;
}
