//! A connection is an open file, and most systems let a program have 1024 unless it asks for more.

/// Files beside the connections: the database's, the log's, the listeners'.
const OTHERS: u64 = 256;

/// Asks the system for as many open files as so many connections need.
#[cfg(unix)]
pub fn allow_files(connections: usize) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let need = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(OTHERS);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= need) {
        return;
    }
    let most = maximum.map_or(need, |maximum| maximum.min(need));
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(most), maximum });
    if raised.is_err() || most < need {
        tracing::warn!(
            connections,
            files = most,
            "the system allows fewer open files than limits.connections needs; raise its limit (ulimit -n)"
        );
    }
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub fn allow_files(_connections: usize) {}
