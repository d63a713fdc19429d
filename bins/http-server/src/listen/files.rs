//! A connection is an open file, and most systems let a program have 1024 unless it asks for more.

/// Files beside the connections: the database's, the log's, the listeners'.
const OTHERS: u64 = 256;

/// Asks the system for as many open files as so many connections need; says how many connections it
/// gets: three in four of the files where they are few, for the database must find one, too.
#[cfg(unix)]
pub fn allow_files(connections: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let need = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(OTHERS);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= need) {
        return connections;
    }
    let most = maximum.map_or(need, |maximum| maximum.min(need));
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(most), maximum });
    let files = if raised.is_ok() { most } else { current.unwrap_or(most) };
    if files >= need {
        return connections;
    }
    let fewer = usize::try_from(files / 4 * 3).unwrap_or(connections).min(connections);
    tracing::warn!(
        files,
        connections = fewer,
        "the system allows fewer open files than limits.connections needs; raise its limit (ulimit -n)"
    );
    fewer
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub fn allow_files(connections: usize) -> usize {
    connections
}
