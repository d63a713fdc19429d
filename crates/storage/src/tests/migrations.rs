//! What a folder of migrations may hold, and that what was released stays as it was.

#[path = "../../build/names.rs"]
mod names;

use crate::migrate::checksums;
use names::{Text, read};

fn fault(files: &[&str]) -> String {
    read(&owned(files)).unwrap_err()
}

fn owned(files: &[&str]) -> Vec<String> {
    files.iter().map(ToString::to_string).collect()
}

#[test]
fn a_migration_is_its_file_or_a_file_for_each_engine() {
    let all = read(&owned(&["0002_b.sqlite.sql", "0001_a_1.sql", "0002_b.postgres.sql"])).unwrap();
    let names: Vec<(i64, &str)> = all.iter().map(|one| (one.version, one.name.as_str())).collect();
    assert_eq!(names, [(1, "a_1"), (2, "b")]);
    assert_eq!(all[0].text, Text::Both("0001_a_1.sql".to_owned()));
    let [sqlite, postgres] = ["0002_b.sqlite.sql", "0002_b.postgres.sql"].map(str::to_owned);
    assert_eq!(all[1].text, Text::Each { sqlite, postgres });
}

#[test]
fn gaps_doubles_halves_and_other_files_are_named() {
    let gap = "migrations/ has 0003 and not 0002 before it: numbers leave no gap";
    assert_eq!(fault(&["0001_a.sql", "0003_c.sql"]), gap);
    let double = "migrations/ has the number 0001 more than once: 0001_a.sql, 0001_b.sql";
    assert_eq!(fault(&["0001_b.sql", "0001_a.sql"]), double);
    assert_eq!(fault(&["0001_a.sqlite.sql"]), "migrations/0001_a.sqlite.sql has no other half for postgres");
    assert!(fault(&["0001_a.sqlite.sql", "0001_b.postgres.sql"]).contains("more than once"));
    assert!(fault(&["0001_a.sql", "0001_a.sqlite.sql"]).contains("more than once"));
    for other in
        ["1_a.sql", "0001_a.sql~", "0001_.sql", "0001_a.mysql.sql", "0001_a..sql", "0001-a.sql", "0001_A.sql"]
    {
        assert!(fault(&[other]).contains("is not named"), "{other}");
    }
}

#[test]
fn what_was_released_has_the_checksums_that_databases_have_recorded() {
    let sqlite = "d1cea796 a1597e23 6dece8b4 b7270af1 889333d6 aab23377 8fdf65be a873f034 db7399b5 af4c5efe \
                  4d72d45d ceb91db9 1ea9d560 5cdf0258 1310b464 c2a9a85e 62463f1a 69443889 75fedc31 4c7b5845";
    let postgres = "d68b3d39 7b6c22c1 f694f663 230865aa 1eee533c a4441fc4 5a2ecdf2 3bf5ee9c 5cc647f4 c68e8d27 \
                    5d21252a 2931e522 b63957c2 93ced071 2073b58f 753a16a6 334e0c0c f9ed889a efe6ffcb c4a0a6bf";
    for (on_postgres, released) in [(false, sqlite), (true, postgres)] {
        let released: Vec<&str> = released.split_whitespace().collect();
        assert_eq!(checksums(on_postgres)[..released.len()], released, "{on_postgres}");
    }
}
