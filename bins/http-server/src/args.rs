//! The command line of `g8-server`.

use clap::{Parser, Subcommand};
use g8_config::Overrides;
use g8_domain::record::{JobState, KeyMode, Role};
use std::path::PathBuf;
use uuid::Uuid;

/// The go-to-market platform's server
#[derive(Parser)]
#[command(name = "g8-server", version, about)]
pub struct ServerArgs {
    /// Configuration file; ~/.g8/g8.toml if that exists
    #[arg(long, env = "G8_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Serve without running background jobs: g8-server worker does that, elsewhere
    #[arg(long)]
    pub no_workers: bool,
    #[command(flatten)]
    pub settings: Overrides,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve (the default)
    Serve,
    /// Run background jobs only
    Worker,
    /// Bring the database to this release's shape, and stop
    Migrate,
    /// Copy the whole database into one checked file, while servers run
    Backup {
        /// The backup; one that is there is replaced
        file: PathBuf,
    },
    /// Put a backup in the database's place; no server may run
    Restore {
        /// The backup
        file: PathBuf,
        /// Replace the data that is there
        #[arg(long)]
        replace: bool,
    },
    /// Look the installation over, and say what to do about what is wrong
    Doctor {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the reference configuration file
    Config,
    /// Print the places at which this test build can be killed
    #[cfg(feature = "failpoints")]
    #[command(hide = true)]
    Failpoints,
    /// Organizations
    #[command(subcommand)]
    Org(Org),
    /// Users and their memberships
    #[command(subcommand)]
    User(UserCommand),
    /// API keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// Background jobs
    #[command(subcommand)]
    Jobs(Jobs),
    /// The keys under which credentials are sealed
    #[command(subcommand)]
    Secrets(Secrets),
    /// Who changed what, newest first
    Audit {
        /// Id or name of the organization; not needed when there is one
        #[arg(long)]
        org: Option<String>,
        /// Only this operation, as contact.create
        #[arg(long)]
        operation: Option<String>,
        /// Most entries, up to 200
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=200))]
        limit: i64,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum Jobs {
    /// List the newest jobs
    List {
        /// ready, running, done or dead
        #[arg(long, value_parser = state)]
        state: Option<JobState>,
        /// Only this kind, as deliver
        #[arg(long)]
        kind: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Try a dead job again
    Retry {
        /// Id of the job
        id: i64,
    },
    /// Give a dead job up
    Discard {
        /// Id of the job
        id: i64,
    },
}

#[derive(Subcommand)]
pub enum Secrets {
    /// List the sealing keys, and how many credentials are under each; never what they are made of
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make a new sealing key; a job seals every credential again, and destroys the old key
    Rotate {
        /// The secret key that the credentials are sealed with is lost: go on without what it opens
        #[arg(long)]
        secret_lost: bool,
    },
}

#[derive(Subcommand)]
pub enum Org {
    /// Add an organization
    Create {
        /// What people call it
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Give an organization another rate-limit plan
    Plan {
        /// Id or name of the organization
        org: String,
        /// starter, pro, enterprise, developer, unlimited, or one of the configuration file
        plan: String,
    },
    /// List the organizations
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum UserCommand {
    /// Add a user, or let one who exists join an organization
    Create {
        /// Id or name of the organization; not needed when there is one
        #[arg(long)]
        org: Option<String>,
        /// E-mail address
        #[arg(long)]
        email: String,
        /// Name
        #[arg(long)]
        name: String,
        /// admin, member or read_only
        #[arg(long, default_value = "member", value_parser = role)]
        role: Role,
        /// Read a password of 8 to 256 characters from standard input
        #[arg(long)]
        password_stdin: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a link by which a user chooses a new password
    ResetPassword {
        /// E-mail address
        email: String,
    },
    /// Turn the second factor off for a user who has lost device and recovery codes
    ResetSecondFactor {
        /// E-mail address
        email: String,
    },
    /// Print the link that makes the owner's account, while nobody can sign in
    SetupLink,
    /// List the members of an organization
    List {
        /// Id or name of the organization; not needed when there is one
        #[arg(long)]
        org: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum KeyCommand {
    /// Make an API key; it is printed once
    Create {
        /// Id or name of the organization; not needed when there is one
        #[arg(long)]
        org: Option<String>,
        /// What people will call it
        #[arg(long)]
        name: String,
        /// Scopes or areas, by comma; full_access for everything
        #[arg(long, value_delimiter = ',', required = true)]
        scopes: Vec<String>,
        /// Days until it expires
        #[arg(long, value_parser = clap::value_parser!(i64).range(1..=365))]
        expires_in_days: Option<i64>,
        /// live or test
        #[arg(long, default_value = "live", value_parser = mode)]
        mode: KeyMode,
        /// Id of the member whose personal key it is
        #[arg(long)]
        user: Option<Uuid>,
        /// A rate-limit plan below the organization's
        #[arg(long)]
        plan: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the keys of an organization, without their secrets
    List {
        /// Id or name of the organization; not needed when there is one
        #[arg(long)]
        org: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke a key; its next request is refused
    Revoke {
        /// Id of the key
        id: Uuid,
        /// Id or name of the organization; not needed when there is one
        #[arg(long)]
        org: Option<String>,
    },
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word).ok_or_else(|| "must be admin, member or read_only".to_owned())
}

fn state(word: &str) -> Result<JobState, String> {
    JobState::from_word(word).ok_or_else(|| "must be ready, running, done or dead".to_owned())
}

fn mode(word: &str) -> Result<KeyMode, String> {
    KeyMode::from_word(word).ok_or_else(|| "must be live or test".to_owned())
}
