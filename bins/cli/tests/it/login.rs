//! Signing in with a browser, which a thread plays.

use crate::Shell;
use g8_core::{App, Audience, Caller, Credential, Origin};
use g8_identity::{
    oauth::{Params, ask, decide},
    people::{Account, set_up, setup_link},
};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

async fn ann(app: &App) -> Caller {
    let link = setup_link(app).await.unwrap().unwrap();
    let account =
        Account { email: "ann@example.com".into(), name: "Ann".into(), password: "correct horse".into() };
    let token = link.split_once('#').unwrap().1;
    let signed = set_up(app, token, &account, &Origin::default()).await.unwrap();
    let shown = format!("Bearer {}", signed.token.reveal());
    let authorization = Some(shown.as_bytes());
    let credential = Credential { authorization, audience: Audience::Console, ..Credential::default() };
    app.enter(credential).await.unwrap().caller().clone()
}

/// What the person decides; where their browser goes then.
async fn decided(app: &App, caller: &Caller, page: &str, allow: bool) -> String {
    let query = page.split_once('?').unwrap().1;
    let asked = ask(app, Params::read(query.as_bytes()).unwrap(), true, &Origin::default()).await.unwrap();
    assert!(asked.makes_key());
    decide(app, caller, &asked, (caller.org.id, allow), &Origin::default()).await.unwrap()
}

/// Begins to sign in, and reads the address of the page.
fn begin(shell: &Shell) -> (Child, BufReader<std::process::ChildStderr>, String) {
    let mut child =
        shell.command(&["login", "--no-browser"], None, "").stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let page = loop {
        let mut line = String::new();
        assert!(said.read_line(&mut line).unwrap() > 0, "it ended without a page");
        if line.trim().starts_with("http://") {
            break line.trim().to_owned();
        }
    };
    (child, said, page)
}

/// The browser goes there.
fn visit(address: &str) -> String {
    let (place, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(place).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {place}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_browser_signs_the_command_line_in_and_signing_out_ends_the_key() {
    let shell = Shell::new(true);
    let app = shell.app.clone().unwrap();
    let ann = shell.runtime.block_on(ann(&app));
    let (mut child, mut said, page) = begin(&shell);
    let to = shell.runtime.block_on(decided(&app, &ann, &page, true));
    let callback = to.split_once('?').unwrap().0;
    assert!(visit(&callback.replace("/callback", "/favicon.ico")).starts_with("HTTP/1.1 404"));
    assert!(visit(&to).contains("You are signed in"));
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("Signed in as ann@example.com."), "{rest}");
    let stored = fs::read_to_string(shell.home().join(".g8/credentials.json")).unwrap();
    let stored: serde_json::Value = serde_json::from_str(&stored).unwrap();
    assert_eq!((&stored["auth_method"], &stored["email"]), (&"oauth".into(), &"ann@example.com".into()));
    let key = stored["api_key"].as_str().unwrap();
    assert!(key.starts_with("g8_live_") && !rest.contains(key));
    assert!(shell.typed(&["lists"], None, "").status.success());
    assert!(shell.typed(&["logout"], None, "").status.success());
    assert_eq!(shell.typed(&["lists"], Some(key), "").status.code(), Some(4), "the key has ended with it");
}

#[test]
fn an_answer_that_is_not_ours_and_a_refusal_sign_nobody_in() {
    let shell = Shell::new(true);
    let app = shell.app.clone().unwrap();
    let ann = shell.runtime.block_on(ann(&app));
    for (allow, forged, words) in
        [(false, false, "The person did not agree"), (true, true, "answer to something else")]
    {
        let (mut child, mut said, page) = begin(&shell);
        let to = shell.runtime.block_on(decided(&app, &ann, &page, allow));
        // What belongs to no sign-in of ours is passed over: anybody may send it.
        assert!(visit(&to.replace("state=", "state=x")).starts_with("HTTP/1.1 404"));
        let to = if forged { to.replace("iss=", "iss=x") } else { to };
        assert!(visit(&to).contains("You are not signed in"));
        assert_eq!(child.wait().unwrap().code(), Some(4));
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert!(rest.contains(words), "{rest}");
        assert!(!shell.home().join(".g8/credentials.json").exists());
    }
}

#[test]
fn without_a_server_there_is_no_page_to_open() {
    let shell = Shell::new(false);
    let output = shell.typed(&["login"], None, "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--url"));
}
