//! `g8` as a person types it: every case against a server and against the embedded database.
#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

mod cases;
mod login;

use g8_config::{Overrides, Settings};
use g8_core::{App, admin, jobs::Worker};
use g8_doors::{
    http::{HttpConfig, site},
    metrics::Traffic,
};
use g8_product::open;
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Command, Output, Stdio},
    sync::Arc,
};
use tempfile::TempDir;

/// An installation, and a home folder of the person's own.
struct Shell {
    folder: TempDir,
    key: String,
    url: Option<String>,
    /// The server's inside.
    app: Option<App>,
    /// The server lives in it.
    runtime: tokio::runtime::Runtime,
}

impl Shell {
    fn new(remote: bool) -> Self {
        let folder = TempDir::new().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let over = Overrides { data_dir: Some(folder.path().join("data")), ..Overrides::default() };
        let settings = Settings::load(over, None).unwrap();
        let (key, url, app) = runtime.block_on(async {
            let app = open(&settings).await.unwrap();
            let (org, token) = admin::first_start(&app).await.unwrap().unwrap();
            let key = token.reveal().to_owned();
            admin::set_plan(&app, org.id, "unlimited").await.unwrap();
            if !remote {
                app.db.close().await;
                return (key, None, None);
            }
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let inside = app.clone();
            inside.reached_at(&url);
            let worker = Arc::new(Worker::new(app.clone()));
            tokio::spawn(worker.work(std::future::pending()));
            let service = site(
                HttpConfig {
                    app,
                    public_url: url.clone(),
                    body_limit: 1 << 20,
                    trusted_proxies: [].into(),
                    hsts: None,
                    traffic: Traffic::default(),
                },
                g8_console::routes(),
            );
            let service = axum::ServiceExt::<axum::extract::Request>::into_make_service_with_connect_info::<
                SocketAddr,
            >(service);
            tokio::spawn(async move { axum::serve(listener, service).await });
            (key, Some(url), Some(inside))
        });
        Self { folder, key, url, app, runtime }
    }

    /// Runs `g8` with words parted by spaces.
    fn g8(&self, line: &str) -> Output {
        self.typed(&line.split(' ').collect::<Vec<_>>(), Some(&self.key), "")
    }

    /// Runs `g8`, which must succeed, for its standard output.
    fn says(&self, line: &str) -> String {
        let output = self.g8(line);
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn typed(&self, words: &[&str], key: Option<&str>, input: &str) -> Output {
        self.command(words, key, input).output().unwrap()
    }

    fn command(&self, words: &[&str], key: Option<&str>, input: &str) -> Command {
        let stdin = self.folder.path().join("stdin");
        fs::write(&stdin, input).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_g8"));
        command
            .args(words)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("G8_DATA_DIR", self.folder.path().join("data"));
        command.stdin(Stdio::from(fs::File::open(stdin).unwrap()));
        if let Some(key) = key {
            command.env("G8_API_KEY", key);
        }
        if let Some(url) = &self.url {
            command.env("G8_API_URL", url);
        }
        command
    }

    /// A file in the installation's folder.
    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn home(&self) -> &Path {
        self.folder.path()
    }
}
