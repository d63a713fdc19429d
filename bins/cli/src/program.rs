//! The whole command line, and what each part of it does.

use crate::{account, doctor, error::CliError, export, import, listen, place::connect};
use clap::{ArgMatches, Command, value_parser};
use clap_complete::Shell;
use g8_client::ConnectionTarget;
use g8_doors::cli::{self, Cli, Output};
use std::io;

/// Every command there is.
pub fn command(cli: &Cli) -> Command {
    let shell =
        clap::Arg::new("shell").required(true).value_parser(value_parser!(Shell)).help("For which shell");
    let root = Command::new("g8")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The go-to-market platform on the command line")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(account::commands())
        .subcommand(import::command())
        .subcommand(export::command())
        .subcommand(listen::command())
        .subcommand(doctor::command())
        .subcommand(Command::new("completions").about("Print completions for a shell").arg(shell))
        .after_help(
            "G8_API_KEY and G8_API_URL stand over what `g8 login` stored; without a URL, g8 works on the \
             embedded database. G8_CA_FILE names a PEM file of authorities to trust beside the machine's.\nExit codes: 0 done, 1 error, 2 usage, 4 authentication.",
        );
    Output::flags(cli.extend(root))
}

/// Does what was typed.
pub async fn run(cli: &Cli, matches: &ArgMatches) -> Result<(), CliError> {
    let output = Output::from_matches(matches);
    let place = ConnectionTarget::from_environment();
    match matches.subcommand() {
        Some(("login", given)) => account::login(place, given).await,
        Some(("logout", _)) => account::logout().await,
        Some(("whoami", _)) => account::whoami(&place, &output),
        Some(("doctor", _)) => doctor::run(&place, &output).await,
        Some(("completions", given)) => completions(cli, given),
        Some(("import", given)) => import::run(&connect(&place).await?, given, &output).await,
        Some(("listen", given)) => listen::run(&connect(&place).await?, given).await,
        Some(("export", given)) => export::run(&connect(&place).await?, given, &output).await,
        Some(given) => Ok(cli::run(cli, &connect(&place).await?, given, &output).await?),
        None => Err(CliError::Usage("name a command; see g8 --help".to_owned())),
    }
}

fn completions(cli: &Cli, matches: &ArgMatches) -> Result<(), CliError> {
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut command(cli), "g8", &mut io::stdout());
    }
    Ok(())
}
