//! Files that are about to be written: all of them, or none where something stands against it.

use crate::{
    Result,
    run::{command, must},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What a repository is to become.
pub struct Draft {
    root: PathBuf,
    /// New texts by their path from the root, and whether the file is new.
    files: BTreeMap<String, (String, bool)>,
}

impl Draft {
    /// Of the repository in this folder.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), files: BTreeMap::new() }
    }

    /// Whether a file or a folder is there, or will be.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.root.join(path).exists()
    }

    /// The text of a file, with what was changed of it.
    pub fn read(&self, path: &str) -> Result<String> {
        match self.files.get(path) {
            Some((text, _)) => Ok(text.clone()),
            None => fs::read_to_string(self.root.join(path)).map_err(|cause| format!("{path}: {cause}")),
        }
    }

    /// Names of what a folder holds; none where there is no folder.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// A file that must not be there yet.
    pub fn create(&mut self, path: &str, text: String) -> Result {
        if self.has(path) {
            return Err(format!("{path} is there already; nothing was written"));
        }
        self.files.insert(path.to_owned(), (text, true));
        Ok(())
    }

    /// A file that must be there.
    pub fn change(&mut self, path: &str, change: impl FnOnce(&str) -> Result<String>) -> Result {
        let text = change(&self.read(path)?).map_err(|why| format!("{path}: {why}; nothing was written"))?;
        let is_new = self.files.get(path).is_some_and(|(_, is_new)| *is_new);
        self.files.insert(path.to_owned(), (text, is_new));
        Ok(())
    }

    /// Writes and formats everything; a line for each file.
    pub fn commit(self) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for (path, (text, is_new)) in &self.files {
            let whole = self.root.join(path);
            let told = |cause: std::io::Error| format!("{path}: {cause}");
            fs::create_dir_all(whole.parent().unwrap_or(&self.root)).map_err(told)?;
            fs::write(&whole, text).map_err(told)?;
            lines.push(format!("{} {path}", if *is_new { "wrote" } else { "changed" }));
        }
        let sources = self.files.keys().filter(|path| path.ends_with(".rs"));
        let sources: Vec<String> = sources.map(|path| self.root.join(path).display().to_string()).collect();
        let args: Vec<&str> =
            ["--edition", "2024"].into_iter().chain(sources.iter().map(String::as_str)).collect();
        must(command("rustfmt", &args).current_dir(&self.root))?;
        if self.files.keys().any(|path| path.ends_with("Cargo.toml")) {
            // The lock file lists the packages of the workspace, too.
            let lock = ["update", "--workspace", "--offline", "--quiet"];
            must(command("cargo", &lock).current_dir(&self.root))?;
            lines.push("changed Cargo.lock".to_owned());
        }
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten_and_nothing_written_before_all_is_known() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "one").unwrap();
        let mut draft = Draft::at(folder.path());
        assert!(draft.create("a.txt", String::new()).unwrap_err().contains("a.txt is there already"));
        draft.create("b/c.txt", "two".to_owned()).unwrap();
        draft.change("b/c.txt", |text| Ok(format!("{text} three"))).unwrap();
        let refused = draft.change("a.txt", |_| Err("there is no list".to_owned())).unwrap_err();
        assert_eq!(refused, "a.txt: there is no list; nothing was written");
        assert_eq!(draft.read("b/c.txt").unwrap(), "two three");
        assert!(!folder.path().join("b").exists());
    }
}
