//! The receiver of webhooks: it answers only once what it was told is on disk.

use crate::{Result, clock};
use axum::{
    Router,
    body::Bytes,
    extract::{Path as Part, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};
use tokio::{net::TcpListener, sync::oneshot};

/// What a receiver was told, and what it answered.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    pub hook: String,
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

type Line = (Told, oneshot::Sender<()>);

/// A receiver on a port of its own.
pub struct Receiver {
    pub address: SocketAddr,
    file: PathBuf,
    calm: Arc<AtomicBool>,
}

#[derive(Clone)]
struct Site {
    disk: mpsc::Sender<Line>,
    script: Arc<Mutex<StdRng>>,
    calm: Arc<AtomicBool>,
}

impl Receiver {
    /// Starts one that writes to `file`, and has its troubles from `seed`.
    pub async fn start(file: PathBuf, seed: u64) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (disk, lines) = mpsc::channel();
        let out = File::create(&file)?;
        std::thread::spawn(move || keep(out, &lines));
        let calm = Arc::new(AtomicBool::new(false));
        let script = Arc::new(Mutex::new(StdRng::seed_from_u64(seed)));
        let made = Self { address: listener.local_addr()?, file, calm: Arc::clone(&calm) };
        let site = Router::new().route("/{hook}", post(take)).with_state(Site { disk, script, calm });
        tokio::spawn(async move { axum::serve(listener, site).await });
        Ok(made)
    }

    /// From now on it takes everything at once.
    pub fn calm(&self) {
        self.calm.store(true, Ordering::Relaxed);
    }

    /// Everything it was told, in order.
    pub fn told(&self) -> Result<Vec<Told>> {
        told(&self.file)
    }
}

fn told(file: &Path) -> Result<Vec<Told>> {
    fs::read_to_string(file)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Writes lines; those that come meanwhile share the next wait for the disk.
fn keep(mut out: File, lines: &mpsc::Receiver<Line>) {
    while let Ok(first) = lines.recv() {
        let (mut text, mut waiting) = (String::new(), Vec::new());
        for (told, done) in std::iter::once(first).chain(lines.try_iter()) {
            text.push_str(&serde_json::to_string(&told).unwrap_or_default());
            text.push('\n');
            waiting.push(done);
        }
        if out.write_all(text.as_bytes()).and_then(|()| out.sync_data()).is_err() {
            // Nobody is answered: nothing may count as received that is not on disk.
            return;
        }
        for done in waiting {
            let _ = done.send(());
        }
    }
}

async fn take(
    State(site): State<Site>,
    Part(hook): Part<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let (status, wait) = site.behave(&hook);
    if let Some(wait) = wait {
        clock::pause(wait).await;
    }
    let headers = headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let body = String::from_utf8_lossy(&body).into_owned();
    let told = Told { hook, status: status.as_u16(), headers: headers.collect(), body };
    let (done, kept) = oneshot::channel();
    if site.disk.send((told, done)).is_err() || kept.await.is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    status
}

impl Site {
    /// What it answers now, and how long it takes over that.
    fn behave(&self, hook: &str) -> (StatusCode, Option<Duration>) {
        if hook.starts_with("gone") {
            return (StatusCode::GONE, None);
        }
        if self.calm.load(Ordering::Relaxed) {
            return (StatusCode::OK, None);
        }
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        match hook {
            "unwell" if script.random_ratio(1, 8) => (StatusCode::INTERNAL_SERVER_ERROR, None),
            "slow" if script.random_ratio(1, 10) => {
                (StatusCode::OK, Some(Duration::from_millis(script.random_range(50..400))))
            }
            _ => (StatusCode::OK, None),
        }
    }
}
