//! Every kind of job.

use super::{Jobs, Sweep};
use crate::ops::{export::Export, import::Import};

/// Lists them all.
pub(crate) fn register(jobs: &mut impl Jobs) {
    jobs.add::<Sweep>();
    jobs.add::<Import>();
    jobs.add::<Export>();
}
