//! A crate below `crates/areas`, and its line in the product.

use super::{
    draft::Draft,
    edit::{add_line, push},
    name::{check, kebab},
    template::{Values, package},
};
use crate::Result;

const MANIFEST: &str = "crates/product/Cargo.toml";
const LIST: &str = "crates/product/src/lib.rs";

/// Drafts the area; the steps that are left.
pub fn write(draft: &mut Draft, area: &str) -> Result<Vec<String>> {
    check("an area", area)?;
    free(draft, area)?;
    let values = Values::of_area(area);
    for (path, template) in [
        ("Cargo.toml", include_str!("../../templates/area/Cargo.toml.txt")),
        ("src/lib.rs", include_str!("../../templates/area/lib.rs.txt")),
        ("src/testing.rs", include_str!("../../templates/area/testing.rs.txt")),
    ] {
        draft.create(&format!("crates/areas/{area}/{path}"), values.fill(template))?;
    }
    draft.change(MANIFEST, |text| add_dependency(text, area))?;
    draft.change(LIST, |text| {
        let shown = add_line(text, "pub use g8_", &values.fill("pub use {{library}} as {{area}};"));
        push(&shown, "static AREAS", &values.fill("&{{library}}::AREA"))
    })?;
    Ok(vec![
        format!("cargo xtask new operation {area} NOUN create --table"),
        format!("cargo test -p {}", package(area)),
        "docs/contributing.md has the rest: pages, decisions, checks".to_owned(),
    ])
}

/// Refuses the name of what is there.
fn free(draft: &Draft, area: &str) -> Result {
    for folder in ["crates/areas/", "crates/", "bins/", ""] {
        for name in [area.to_owned(), kebab(area)] {
            let path = format!("{folder}{name}");
            if draft.has(&path) {
                return Err(format!("{area} is taken: {path} is there; nothing was written"));
            }
        }
    }
    Ok(())
}

fn add_dependency(text: &str, area: &str) -> Result<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().rposition(|line| line.contains("path = \"../areas/"));
    let last = last.ok_or("there is no line of another area")?;
    let line = format!("{} = {{ path = \"../areas/{area}\" }}", package(area));
    lines.insert(last + 1, &line);
    Ok(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    /// A repository that has an area and what lists it.
    fn repository(folder: &Path) {
        let product = folder.join("crates/product/src");
        fs::create_dir_all(&product).unwrap();
        fs::create_dir_all(folder.join("crates/areas/deals")).unwrap();
        fs::write(folder.join(MANIFEST), "[dependencies]\ng8-deals = { path = \"../areas/deals\" }\n")
            .unwrap();
        let list =
            "//! Areas.\n\npub use g8_deals as deals;\n\npub static AREAS: &[&Area] = &[&g8_deals::AREA];\n";
        fs::write(product.join("lib.rs"), list).unwrap();
    }

    #[test]
    fn the_product_gets_its_lines() {
        let folder = tempfile::tempdir().unwrap();
        repository(folder.path());
        let mut draft = Draft::at(folder.path());
        write(&mut draft, "cost_center").unwrap();
        let list = draft.read(LIST).unwrap();
        assert!(list.contains("pub use g8_cost_center as cost_center;"), "{list}");
        assert!(list.contains("&[&g8_deals::AREA,&g8_cost_center::AREA,]"), "{list}");
        assert!(
            draft.read(MANIFEST).unwrap().ends_with("g8-cost-center = { path = \"../areas/cost_center\" }\n")
        );
        assert!(draft.read("crates/areas/cost_center/src/lib.rs").unwrap().contains("name: \"cost_center\""));
    }

    #[test]
    fn what_is_there_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        repository(folder.path());
        for taken in ["deals", "product", "crates"] {
            let refused = write(&mut Draft::at(folder.path()), taken).unwrap_err();
            assert!(refused.contains("is taken"), "{refused}");
        }
    }
}
