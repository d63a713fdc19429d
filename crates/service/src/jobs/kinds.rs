//! Every kind of job.

use super::{Jobs, Sweep};
use crate::ops::{exclusion::Lift, export::Export, import::Import, search::Fill};

/// Lists them all.
pub(crate) fn register(jobs: &mut impl Jobs) {
    jobs.add::<Sweep>();
    jobs.add::<Import>();
    jobs.add::<Export>();
    jobs.add::<Fill>();
    jobs.add::<Lift>();
}
