use super::Shell;
use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    process::{Output, Stdio},
};

/// Makes two tests of one body: over HTTP, and on the embedded database.
macro_rules! both_ways {
    ($(fn $name:ident($shell:ident) $body:block)*) => {$(
        mod $name {
            use super::*;
            fn case($shell: &Shell) $body
            #[test]
            fn remote() { case(&Shell::new(true)) }
            #[test]
            fn embedded() { case(&Shell::new(false)) }
        }
    )*};
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

both_ways! {
    fn a_contact_is_made_found_and_printed_in_every_form(shell) {
        let made = shell.says("create-contact --email ann@example.com --first-name Ann --company Acme");
        assert!(made.contains("\"contact_id\": 1"), "{made}");
        assert!(shell.says("get-contact 1").contains("\"full_name\": \"Ann\""));
        assert!(shell.says("search-contacts --name an -o csv").starts_with("id,first_name,last_name"));
        assert_eq!(shell.says("search-contacts --company acme -o jsonl").lines().count(), 1);
        assert!(shell.says("search-contacts -o table").contains("ann@example.com"));
        assert_eq!(shell.says("search-contacts --name nobody"), "[]\n");
        shell.says("create-list --title People");
        assert!(shell.says("add-to-list --list-id 1 --contact-ids 1,7").contains("\"added\": 1"));
        shell.says("update-contact 1 --city Bonn");
        assert!(shell.says("search-contacts --list-id 1 --city BONN").contains("Bonn"));
        shell.says("create-note 1 --content Hello");
        assert!(shell.says("contact-notes 1").contains("Hello"));
        shell.says("delete-contact 1");
        assert_eq!(shell.g8("get-contact 1").status.code(), Some(1));
    }

    fn exit_codes_tell_usage_from_authentication_from_the_rest(shell) {
        for (words, key, code) in [
            (vec!["create-contact", "--first-name", "x"], Some(shell.key.as_str()), 2),
            (vec!["search-contacts", "--nmae", "x"], Some(shell.key.as_str()), 2),
            (vec!["search-contacts", "--limit", "x"], Some(shell.key.as_str()), 2),
            (vec!["lists"], None, 4),
            (vec!["whoami"], None, 4),
            (vec!["lists"], Some("g8_live_wrong"), 4),
            (vec!["get-contact", "9"], Some(shell.key.as_str()), 1),
        ] {
            let output = shell.typed(&words, key, "");
            assert_eq!(output.status.code(), Some(code), "{words:?}: {}", stderr(&output));
            assert!(output.stdout.is_empty(), "{words:?} printed a result");
        }
    }

    fn the_doctor_finds_what_is_wrong_and_names_the_way_out(shell) {
        let well = shell.says("doctor -o table");
        assert!(well.lines().all(|line| line.starts_with("ok ")), "{well}");
        assert!(well.contains("from G8_API_KEY") && well.contains("the key First key") && !well.contains(&shell.key), "{well}");
        let none = shell.typed(&["doctor", "-o", "table"], None, "");
        assert_eq!(none.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&none.stdout).contains("FAIL  key           there is none; run g8 login"));
        let mistyped = shell.typed(&["doctor", "--json"], Some("g8_live_wrong"), "");
        let findings: serde_json::Value = serde_json::from_slice(&mistyped.stdout).unwrap();
        assert_eq!((&findings[1]["check"], &findings[1]["verdict"]), (&"key".into(), &"fail".into()));
        assert!(shell.typed(&["login", "--api-key"], None, &format!("{}\n", shell.key)).status.success());
        let file = shell.home().join(".g8/credentials.json");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let open = shell.typed(&["doctor", "-o", "table"], None, "");
        let said = String::from_utf8(open.stdout).unwrap();
        assert!(open.status.success() && said.contains("chmod 600") && said.contains("from stored credentials"), "{said}");
    }

    fn a_key_is_stored_where_only_its_owner_reads_it(shell) {
        let refused = shell.typed(&["login", "--api-key"], None, "g8_live_wrong\n");
        assert_eq!(refused.status.code(), Some(4));
        let output = shell.typed(&["login", "--api-key"], None, &format!("{}\n", shell.key));
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(!stderr(&output).contains(&shell.key));
        let file = shell.home().join(".g8/credentials.json");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let who = shell.typed(&["whoami", "-o", "table"], None, "");
        let who = String::from_utf8(who.stdout).unwrap();
        assert!(who.contains("Auth source: stored credentials") && who.contains("g8_live_...") && !who.contains(&shell.key));
        assert!(shell.typed(&["lists"], None, "").status.success());
        assert!(shell.typed(&["logout"], None, "").status.success());
        assert_eq!(shell.typed(&["lists"], None, "").status.code(), Some(4));
    }

    fn an_import_shows_its_columns_and_names_each_refused_row(shell) {
        let rows = "Name;E-Mail;Firma;Ort\nBj\u{f6}rn S;b@x.com;Acme;K\u{f6}ln\nno;nonsense;Acme;\nBj\u{f6}rn;B@X.com;;\nshort;\n";
        let latin: Vec<u8> = rows.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let file = shell.file("people.csv", &latin);
        let output = shell.g8(&format!("import contacts {file} --list Fair"));
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stderr(&output).contains("Firma") && stderr(&output).contains("company_name"));
        let result = String::from_utf8(output.stdout).unwrap();
        for part in ["\"rows\": 4", "\"created\": 1", "\"updated\": 1", "\"refused\": 2", "\"line\": 3", "\"column\": \"E-Mail\"", "\"line\": 5"] {
            assert!(result.contains(part), "{part} is missing in {result}");
        }
        assert!(shell.says("search-contacts --list-id 1").contains("Köln"));
        let odd = shell.file("odd.csv", b"Shoes,Hats\n1,2\n");
        let refused = shell.g8(&format!("import contacts {odd}"));
        assert_eq!(refused.status.code(), Some(1));
        assert!(stderr(&refused).contains("no column looks like an e-mail"), "{}", stderr(&refused));
        let faults = shell.home().join("faults.csv").display().to_string();
        shell.says(&format!("import contacts {file} --dry-run --faults {faults}"));
        assert!(fs::read_to_string(faults).unwrap().contains("3,E-Mail,must be an e-mail address"));
        assert_eq!(shell.g8("import contacts /nowhere.csv").status.code(), Some(1));
    }

    fn what_is_exported_can_be_imported_again(shell) {
        shell.says("create-contact --email ann@example.com --first-name =Ann --country France");
        let table = shell.says("export contacts --filter country=France -q");
        assert!(table.starts_with("id,first_name") && table.contains("'=Ann"), "{table}");
        let file = shell.home().join("people.jsonl").display().to_string();
        let said = shell.says(&format!("export contacts --format jsonl --to {file} -q"));
        assert!(said.contains("\"rows\": 1"), "{said}");
        assert!(shell.says(&format!("import contacts {file} -q")).contains("\"unchanged\": 1"));
    }
}

#[test]
fn a_server_that_is_down_is_named() {
    let shell = Shell::new(true);
    shell.says("lists");
    let words = ["login", "--api-key", &shell.key, "--url", "http://127.0.0.1:1"];
    let output = shell.typed(&words, None, "");
    assert!(output.status.success() && stderr(&output).contains("http://127.0.0.1:1"), "{}", stderr(&output));
}

#[test]
fn completions_name_the_commands() {
    assert!(Shell::new(false).says("completions bash").contains("search-contacts"));
}

#[test]
fn the_doctor_tells_a_server_that_is_down_from_one_that_is_no_g8() {
    let shell = Shell::new(true);
    let url = shell.url.clone().unwrap();
    let asked = |url: &str| {
        let shell = Shell { url: Some(url.to_owned()), ..Shell::new(false) };
        String::from_utf8(shell.g8("doctor -o table").stdout).unwrap()
    };
    let down = asked("http://127.0.0.1:1");
    assert!(
        down.contains("FAIL  server        Cannot reach http://127.0.0.1:1") && down.contains("refused"),
        "{down}"
    );
    let other = asked(&format!("{url}/api/v1/docs"));
    assert!(other.contains("something else than g8 answers at"), "{other}");
    assert!(asked("http://g8.invalid").contains("warn  TLS"));
}

both_ways! {
    fn events_are_heard_as_they_happen(shell) {
        let mut listen = shell.command(&["listen", "--events", "deal.won"], Some(&shell.key), "");
        let mut listening = listen.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut greeting = String::new();
        BufReader::new(listening.stderr.take().unwrap()).read_line(&mut greeting).unwrap();
        assert!(greeting.starts_with("Listening"), "{greeting}");
        let mut heard = BufReader::new(listening.stdout.take().unwrap());
        // It may begin to listen only after the first of them.
        let since = shell.says("trigger contact.created");
        let since: serde_json::Value = serde_json::from_str(&since).unwrap();
        let mut line = String::new();
        let reader = std::thread::spawn(move || {
            heard.read_line(&mut line).unwrap();
            line
        });
        while !reader.is_finished() {
            shell.says("trigger deal.won");
        }
        let event: serde_json::Value = serde_json::from_str(&reader.join().unwrap()).unwrap();
        assert_eq!((&event["event"], &event["test"]), (&"deal.won".into(), &true.into()));
        assert!(event["timestamp"].as_str() > since["timestamp"].as_str());
        listening.kill().unwrap();
        listening.wait().unwrap();
    }
}

both_ways! {
    fn exclusions_come_in_and_go_out_as_files(shell) {
        let file = shell.file("no.csv", b"email,reason\nann@example.com,UNSUBSCRIBED\nnobody,OTHER\n");
        let said = shell.says(&format!("import-exclusions {file}"));
        assert!(said.contains("\"created\": 1") && said.contains("\"refused\": 1"), "{said}");
        assert!(shell.says("export-exclusions").contains("ann@example.com"));
        let to = shell.home().join("all.csv");
        assert_eq!(shell.says(&format!("export-exclusions --to {}", to.display())), "");
        assert!(fs::read_to_string(to).unwrap().contains("UNSUBSCRIBED"));
        let missing = shell.g8("import-exclusions /nowhere.csv");
        assert_eq!((missing.status.code(), stderr(&missing).contains("/nowhere.csv")), (Some(1), true));
    }
}
