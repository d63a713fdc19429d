//! The settings of every binary: built-in < file < environment < flags.
//!
//! One struct declares each setting for all three sources: its field name is the file's key and the
//! flag, its `env` the variable. `default.toml`, commented, is the reference.

mod home;
mod limits;
mod mail;
mod oidc;
mod tls;
mod webhooks;

use clap::{Args, Command, FromArgMatches, ValueEnum};
use g8_domain::{Plans, plan::PlanChanges};
use ipnet::IpNet;
use serde::Deserialize;
use std::{
    io::IsTerminal,
    net::SocketAddr,
    path::{Path, PathBuf},
};
use tracing_subscriber::EnvFilter;

pub use home::home;
pub use limits::{Keep, LimitSettings};
pub use mail::MailSettings;
pub use oidc::OidcSettings;
pub use tls::{Acme, TlsFiles, TlsSettings};
pub use webhooks::Webhooks;

/// The reference configuration file: every setting, commented out, with its built-in value.
pub const DEFAULT_FILE: &str = include_str!("default.toml");

/// What a source says; what it leaves out, the source below it decides.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    /// Address and port to listen on
    #[arg(long, env = "G8_BIND", value_name = "ADDRESS:PORT", global = true)]
    pub bind: Option<SocketAddr>,
    /// The address under which callers reach this server
    #[arg(long, env = "G8_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,
    /// Folder of the embedded database and the secret key
    #[arg(long, env = "G8_DATA_DIR", value_name = "FOLDER", global = true)]
    pub data_dir: Option<PathBuf>,
    /// sqlite:///path/to/file.db or postgres://user:password@host/database
    #[arg(long, env = "DATABASE_URL", value_name = "URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// At least 32 characters; made on first start when unset
    #[arg(skip)]
    pub secret_key: Option<String>,
    /// What to log: error, warn, info, debug, trace, or a tracing filter
    #[arg(long, env = "G8_LOG", value_name = "LEVEL", global = true)]
    pub log: Option<String>,
    /// How log lines look
    #[arg(long, env = "G8_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<LogFormat>,
    /// Largest request body, in bytes
    #[arg(long, env = "G8_BODY_LIMIT", value_name = "BYTES", global = true)]
    pub body_limit: Option<usize>,
    /// Where Prometheus metrics are served; nowhere unless given
    #[arg(long, env = "G8_METRICS_BIND", value_name = "ADDRESS:PORT", global = true)]
    pub metrics_bind: Option<SocketAddr>,
    /// Files of TLS
    #[command(flatten)]
    #[serde(skip)]
    pub tls_files: TlsFiles,
    /// Proxies whose X-Forwarded-For and -Proto are believed, by comma, as 10.0.0.0/8
    #[arg(long, env = "G8_TRUSTED_PROXIES", value_name = "NETWORKS", global = true, value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpNet>>,
    /// What the server bears at once
    #[arg(skip)]
    pub limits: Option<LimitSettings>,
    /// What is different in the built-in rate-limit plans, and plans beside them
    #[arg(skip)]
    pub plans: Option<PlanChanges>,
    /// How long things are kept
    #[arg(skip)]
    pub keep: Option<Keep>,
    /// How events are delivered
    #[arg(skip)]
    pub webhooks: Option<Webhooks>,
    /// The mail server for the installation's own messages
    #[arg(skip)]
    pub mail: Option<MailSettings>,
    /// An identity provider that signs people in
    #[arg(skip)]
    pub oidc: Option<OidcSettings>,
    /// How the server speaks TLS
    #[arg(skip)]
    pub tls: Option<TlsSettings>,
}

impl Overrides {
    /// What the environment says, for programs that take no flags.
    ///
    /// # Errors
    /// A variable whose value does not fit its setting.
    pub fn from_environment() -> Result<Self, clap::Error> {
        let command = Self::augment_args(Command::new("environment"));
        Self::from_arg_matches(&command.try_get_matches_from([""; 1])?)
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Every setting, decided.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// The address under which callers reach this server, if it is not the one it listens on.
    pub public_url: Option<String>,
    /// Folder of the embedded database and the secret key.
    pub data_dir: PathBuf,
    /// Where the data is.
    pub database_url: String,
    /// The secret key, when it does not come from its file.
    pub secret_key: Option<Secret>,
    /// Log filter.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Largest request body, in bytes.
    pub body_limit: usize,
    /// Where Prometheus metrics are served, if anywhere.
    pub metrics_bind: Option<SocketAddr>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What the server bears at once.
    pub limits: LimitSettings,
    /// The rate-limit plans.
    pub plans: Plans,
    /// How long things are kept.
    pub keep: Keep,
    /// How events are delivered.
    pub webhooks: Webhooks,
    /// The mail server for the installation's own messages, if there is one.
    pub mail: Option<MailSettings>,
    /// An identity provider that signs people in, if there is one.
    pub oidc: Option<OidcSettings>,
    /// How the server speaks TLS.
    pub tls: TlsSettings,
}

/// A text that debug output hides.
#[derive(Clone)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why the settings cannot be used; one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that was asked for cannot be read.
    #[error("cannot read the configuration file {path}: {cause}; create it or correct --config")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not what the reference describes.
    #[error("the configuration file {path} has a fault: {cause}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and what.
        cause: String,
    },
}

impl Settings {
    /// Decides every setting: `flags` already holds flags over environment.
    ///
    /// The file is `explicit` if given, else `~/.g8/g8.toml` if that exists.
    ///
    /// # Errors
    /// A file that was asked for and is missing, or a file with a fault.
    pub fn load(flags: Overrides, explicit: Option<&Path>) -> Result<Self, ConfigError> {
        let file = match explicit {
            Some(path) => read(path)?,
            None => {
                let usual = home().join("g8.toml");
                if usual.exists() { read(&usual)? } else { Overrides::default() }
            }
        };
        Ok(Self::decide(flags, file))
    }

    fn decide(over: Overrides, under: Overrides) -> Self {
        let bind = over.bind.or(under.bind).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let data_dir = over.data_dir.or(under.data_dir).unwrap_or_else(|| home().join("data"));
        let embedded = || format!("sqlite://{}", data_dir.join("g8.db").display());
        let secret = std::env::var("G8_SECRET_KEY").ok().or(under.secret_key);
        Self {
            bind,
            public_url: over.public_url.or(under.public_url).map(|url| url.trim_end_matches('/').to_owned()),
            database_url: over.database_url.or(under.database_url).unwrap_or_else(embedded),
            data_dir,
            secret_key: secret.map(Secret),
            log: over.log.or(under.log).unwrap_or_else(|| "info".to_owned()),
            log_format: over.log_format.or(under.log_format).unwrap_or_default(),
            body_limit: over.body_limit.or(under.body_limit).unwrap_or(1 << 20),
            metrics_bind: over.metrics_bind.or(under.metrics_bind),
            trusted_proxies: over.trusted_proxies.or(under.trusted_proxies).unwrap_or_default(),
            limits: over.limits.or(under.limits).unwrap_or_default(),
            plans: Plans::default().with(over.plans.or(under.plans).unwrap_or_default()),
            keep: over.keep.or(under.keep).unwrap_or_default(),
            webhooks: over.webhooks.or(under.webhooks).unwrap_or_default(),
            mail: over.mail.or(under.mail),
            oidc: over.oidc.or(under.oidc),
            tls: over.tls.or(under.tls).unwrap_or_default().with(over.tls_files),
        }
    }
}

impl Settings {
    /// Where people and programs reach a server of these settings that listens there.
    #[must_use]
    pub fn url_at(&self, address: SocketAddr) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        match self.tls.acme.domains.first() {
            Some(domain) if address.port() == 443 => format!("https://{domain}"),
            Some(domain) => format!("https://{domain}:{}", address.port()),
            None if self.tls.is_on() => format!("https://{address}"),
            None => format!("http://{address}"),
        }
    }

    /// Sends log lines to standard error from here on; standard output is for results.
    pub fn start_logging(&self) {
        let filter = EnvFilter::try_new(&self.log).unwrap_or_else(|_| EnvFilter::new("info"));
        let colours = std::io::stderr().is_terminal();
        // Where no line can be written, nobody can be told of it either: to try would end what is being done.
        let lines = tracing_subscriber::fmt().log_internal_errors(false).with_env_filter(filter);
        let lines = lines.with_writer(std::io::stderr).with_ansi(colours);
        // Fails when logging has been started already, which is just as good.
        let _ = match self.log_format {
            LogFormat::Text => lines.try_init(),
            LogFormat::Json => lines.json().try_init(),
        };
    }
}

fn read(path: &Path) -> Result<Overrides, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| ConfigError::Read { path: path.to_owned(), cause })?;
    toml::from_str(&text).map_err(|error| ConfigError::Parse {
        path: path.to_owned(),
        cause: error.to_string().replace('\n', " "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_file_is_read_or_refused(
            text in "\\PC{0,200}",
            name in "(bind|log|body_limit|limits|keep|plans|tls|trusted_proxies)",
            value in "(-?[0-9]{1,25}|\"[ -~&&[^\"]]{0,30}\"|\\[[0-9, ]{0,9}\\]|\\{[a-z]{0,5} = [0-9]\\}|nan|1979-05-27)",
        ) {
            let _ = parse(&text);
            if let Ok(file) = parse(&format!("{name} = {value}")) {
                let _ = Settings::decide(Overrides::default(), file);
            }
        }
    }

    fn parse(text: &str) -> Result<Overrides, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn the_reference_file_names_every_setting_with_its_built_in_value() {
        let uncommented: String = DEFAULT_FILE
            .lines()
            .filter_map(|line| line.strip_prefix("#:"))
            .map(|line| line.to_owned() + "\n")
            .collect();
        let from_file = Settings::decide(Overrides::default(), parse(&uncommented).unwrap());
        let built_in = Settings::decide(Overrides::default(), Overrides::default());
        assert_eq!(from_file.bind, built_in.bind);
        assert_eq!(from_file.public_url, Some(format!("http://{}", built_in.bind)));
        assert_eq!(from_file.log, built_in.log);
        assert_eq!(from_file.body_limit, built_in.body_limit);
        assert_eq!(from_file.limits, built_in.limits);
        assert_eq!(from_file.keep, built_in.keep);
        assert_eq!(from_file.webhooks, built_in.webhooks);
        assert_eq!(from_file.plans, built_in.plans);
        assert_eq!(from_file.trusted_proxies, built_in.trusted_proxies);
        assert_eq!(from_file.tls, built_in.tls);
        let apart = "data_dir database_url secret_key log_format metrics_bind url from cert key domains contact cache ca";
        for name in apart.split(' ') {
            assert!(uncommented.contains(name) || DEFAULT_FILE.contains(&format!("# {name} =")), "{name}");
        }
    }

    #[test]
    fn flags_stand_over_the_file_and_a_typo_in_the_file_is_named() {
        let file = parse("bind = \"0.0.0.0:9000\"\nlog = \"debug\"").unwrap();
        let flags =
            Overrides { bind: Some(SocketAddr::from(([127, 0, 0, 1], 7000))), ..Overrides::default() };
        let settings = Settings::decide(flags, file);
        assert_eq!((settings.bind.port(), settings.log.as_str()), (7000, "debug"));
        assert!(parse("bnid = \"0.0.0.0:9000\"").unwrap_err().to_string().contains("bnid"));
    }
}
