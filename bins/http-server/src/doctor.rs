//! `g8-server doctor`: a line for each part of the installation.

use crate::{
    terminal::{Failure, print},
    tls,
};
use g8_config::{ConfigError, Settings};
use g8_operate::doctor::{self, Finding};

/// Prints what was found; fails if anything must be seen to.
pub async fn run(settings: Result<Settings, ConfigError>, json: bool) -> Result<(), Failure> {
    let findings = match settings {
        Ok(settings) => {
            let mut findings = doctor::examine(&settings).await;
            findings.extend(tls::examine(&settings));
            findings
        }
        Err(error) => vec![Finding::fail("settings", error.to_string())],
    };
    if json {
        print(&serde_json::to_string_pretty(&findings)?)?;
    } else {
        print(&findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    }
    match findings.iter().filter(|finding| finding.is_failure()).count() {
        0 => Ok(()),
        1 => Err("one check failed; see to it".into()),
        failed => Err(format!("{failed} checks failed; see to them").into()),
    }
}
