//! What the first start prints, once: everything a newcomer pastes next.

use g8_core::Token;
use g8_domain::record::Organization;
use serde_json::{Value, json};
use std::{
    env,
    io::{self, Write},
};

/// Prints the first key, and how to use it with curl, an assistant and `g8`.
pub fn print(org: &Organization, token: &Token, public_url: &str) -> io::Result<()> {
    let key = token.reveal();
    let config = serde_json::to_string_pretty(&mcp_config(key, public_url))?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\
Welcome to g8. This is shown once; store the key now.

  Base URL      {public_url}/api/v1
  Organization  {name} ({id})
  API key       {key}

Try it:

  curl -H \"Authorization: Bearer {key}\" {public_url}/api/v1/me

For an MCP client such as Claude Desktop, Claude Code, Cursor or Windsurf:

{config}

For the g8 command line:

  export G8_API_URL={public_url} G8_API_KEY={key}
",
        name = org.name,
        id = org.id,
    )?;
    out.flush()
}

/// Prints the link that makes the owner. It is another at each start, until somebody can sign in.
pub fn print_setup(link: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "To sign in with a browser, make the owner's account here (works once, for a day):\n\n  {link}\n"
    )?;
    out.flush()
}

/// Works when pasted: the program beside this one, or through cargo when only this one was built.
fn mcp_config(key: &str, public_url: &str) -> Value {
    let name = format!("g8-mcp-server{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe().ok().map(|exe| exe.with_file_name(&name)).filter(|path| path.exists());
    let workspace = env::var("CARGO_MANIFEST_DIR").ok();
    let (command, args) = match (beside, workspace) {
        (Some(path), _) => (path.display().to_string(), json!([])),
        (None, Some(folder)) => {
            let manifest = format!("{folder}/../../Cargo.toml");
            let run = ["run", "--release", "--quiet", "--manifest-path", &manifest, "--bin", "g8-mcp-server"];
            ("cargo".to_owned(), json!(run))
        }
        (None, None) => (name, json!([])),
    };
    let env = json!({ "G8_API_KEY": key, "G8_API_URL": public_url, "G8_MCP_MODE": "gtm" });
    json!({ "mcpServers": { "g8": { "command": command, "args": args, "env": env } } })
}
