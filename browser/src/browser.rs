//! A headless browser of the distribution.

use crate::{Result, tab::Tab};
use std::{process::Stdio, time::Duration};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// The program that drives browsers.
pub struct Driver {
    _child: Child,
    url: String,
}

impl Driver {
    pub async fn start() -> Result<Self> {
        let mut child = Command::new("chromedriver")
            .args(["--port=0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let port = loop {
            let line =
                timeout(Duration::from_secs(30), lines.next_line()).await??.ok_or("chromedriver ended")?;
            if let Some((_, port)) = line.rsplit_once("successfully on port ") {
                break port.trim_end_matches('.').parse::<u16>()?;
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { _child: child, url: format!("http://127.0.0.1:{port}") })
    }

    /// A browser that nobody has used before.
    pub async fn browser(&self) -> Result<Browser> {
        let folder = TempDir::with_prefix("g8-chromium-")?;
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary("/usr/bin/chromium")?;
        let user_data = format!("--user-data-dir={}", folder.path().display());
        for arg in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            &user_data,
        ] {
            wanted.add_arg(arg)?;
        }
        let driver = WebDriver::new(&self.url, wanted).await?;
        driver.set_page_load_timeout(Duration::from_secs(60)).await?;
        Ok(Browser { driver, _folder: folder })
    }
}

/// A browser with one window.
pub struct Browser {
    pub driver: WebDriver,
    _folder: TempDir,
}

impl Browser {
    /// Its window, on a server.
    pub fn tab<'a>(&'a self, base: &'a str) -> Tab<'a> {
        Tab { driver: &self.driver, base }
    }

    /// Ends it.
    pub async fn close(self) -> Result {
        Ok(self.driver.quit().await?)
    }
}
