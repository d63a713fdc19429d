//! The commands, as a shell sees them.

use super::Cli;
use clap::Command;

#[test]
fn the_help_is_a_visible_diff() {
    let mut root = Cli::new(g8_core::Registry::new(g8_product::AREAS).operations())
        .extend(Command::new("g8").term_width(100));
    let mut help = root.render_help().to_string();
    root.build();
    for command in root.get_subcommands_mut() {
        help.push_str(&format!("\n---- {}\n{}", command.get_name().to_owned(), command.render_long_help()));
        for part in command.get_subcommands_mut().filter(|part| part.get_name() != "help") {
            help.push_str(&format!("\n---- … {}\n{}", part.get_name().to_owned(), part.render_long_help()));
        }
    }
    insta::assert_snapshot!("help", help);
}

#[test]
fn published_spellings_are_accepted() {
    let root = Cli::new(g8_core::Registry::new(g8_product::AREAS).operations()).extend(Command::new("g8"));
    for line in [
        "g8 search-contacts --email a --name b --job-title c --seniority VP --company d --country e --list-id 1 --page 1 --limit 25",
        "g8 search-companies --domain a --industry b --name c --page 1 --limit 25",
        "g8 create-contact --email a@x.com --first-name A --last-name B --job-title C --company-domain d.com --list-id 1",
        "g8 create-list --title A --type companies",
        "g8 add-to-list --list-id 1 --contact-ids 1,2",
        "g8 get-contact 1 --include-custom-fields",
        "g8 get-contact --contact-id 1",
    ] {
        assert!(root.clone().try_get_matches_from(line.split(' ')).is_ok(), "{line}");
    }
}
