//! `g8-server doctor`: whether the certificate can be shown, and for how long.

use super::{
    Source,
    files::Files,
    pem::{Pair, Validity},
};
use g8_config::Settings;
use g8_core::Clock;
use g8_domain::Ts;
use g8_operate::doctor::Finding;
use rustls::sign::CertifiedKey;

const CHECK: &str = "TLS";
/// Who sees it now can still do something about it.
const SOON: i64 = 14 * Ts::DAY;

/// Nothing where TLS is not set up.
pub fn examine(settings: &Settings) -> Option<Finding> {
    Some(match Source::find(settings) {
        Ok(None) => return None,
        Err(fault) => Finding::fail(CHECK, fault.to_string()),
        Ok(Some(Source::Files(files))) => from_files(&files),
        Ok(Some(Source::Acme(authority))) => match authority.kept() {
            Some(kept) => dates(&kept, "look into the server's log why it was not renewed"),
            None => Finding::warn(
                CHECK,
                "there is no certificate for all of tls.acme.domains yet; a running server fetches it when the \
                 authority reaches it at port 443",
            ),
        },
    })
}

fn from_files(files: &Files) -> Finding {
    match files.read().as_ref().map_err(Clone::clone).and_then(Pair::certified) {
        Err(fault) => Finding::fail(CHECK, fault),
        Ok(certificate) => match others_may_read(files) {
            Some(mode) => {
                let key = files.key.display();
                Finding::warn(
                    CHECK,
                    format!("{key} can be read by every user (mode {mode:o}); run chmod 640 {key}"),
                )
            }
            None => dates(&certificate, "put a new one into the files; the running server reads it"),
        },
    }
}

fn dates(certificate: &CertifiedKey, way_out: &str) -> Finding {
    let Some(valid) = Validity::of(certificate) else {
        return Finding::fail(CHECK, "the dates of the certificate cannot be read; have it made again");
    };
    let now = Clock::System.now();
    let days = (valid.until.0 - now.0) / Ts::DAY;
    match valid.until {
        _ if now < valid.from => Finding::fail(
            CHECK,
            format!(
                "the certificate is not valid before {}; set the clock, or have it made again",
                valid.from
            ),
        ),
        until if until <= now => Finding::fail(CHECK, format!("the certificate ended at {until}; {way_out}")),
        until if until < now.plus(SOON) => {
            Finding::warn(CHECK, format!("the certificate ends in {days} days, at {until}; {way_out}"))
        }
        _ => Finding::ok(CHECK, format!("the certificate is valid for {days} days")),
    }
}

/// The mode of a key that is not kept from strangers, where the system has such modes.
#[cfg(unix)]
fn others_may_read(files: &Files) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(&files.key).ok()?.permissions().mode() & 0o777;
    (mode & 0o007 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn others_may_read(_files: &Files) -> Option<u32> {
    None
}
