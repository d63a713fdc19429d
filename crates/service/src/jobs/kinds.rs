//! Every kind of job.

use super::{Jobs, Sweep};

/// Lists them all.
pub(crate) fn register(jobs: &mut impl Jobs) {
    jobs.add::<Sweep>();
}
