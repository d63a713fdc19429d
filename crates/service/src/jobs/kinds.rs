//! Every kind of job.

use super::{Jobs, Sweep};
use crate::{
    notify::Mail,
    ops::{exclusion::Lift, export::Export, import::Import, search::Fill, webhook},
    people::LinkMail,
};

/// Lists them all.
pub(crate) fn register(jobs: &mut impl Jobs) {
    jobs.add::<Sweep>();
    jobs.add::<Import>();
    jobs.add::<Export>();
    jobs.add::<Fill>();
    webhook::jobs(jobs);
    jobs.add::<Mail>();
    jobs.add::<LinkMail>();
    jobs.add::<Lift>();
}
