//! Requests: how many, which, how long, what became of them.

use axum::http::{Method, StatusCode};
use g8_domain::Ts;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Seconds: from a cached answer to the longest that a request may take.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0, 60.0];

/// Counts requests. Cheap to clone; the clones count together.
#[derive(Clone)]
pub struct Traffic {
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram, fn() -> Histogram>,
    refused: Family<Refused, Counter>,
    running: Gauge,
}

/// A route by its pattern: what stands in a path may be somebody's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    #[prometheus(flatten)]
    asked: Asked,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    reason: &'static str,
}

/// The refusals that an operator is woken by; they are shown from the start, so that none is missed.
const REFUSALS: [(u16, &str); 4] =
    [(401, "not_authenticated"), (408, "too_slow"), (429, "over_limit"), (503, "busy")];

impl Default for Traffic {
    fn default() -> Self {
        let seconds: fn() -> Histogram = || Histogram::new(BUCKETS);
        let refused = Family::<Refused, Counter>::default();
        for (_, reason) in REFUSALS {
            drop(refused.get_or_create(&Refused { reason }));
        }
        Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            refused,
            running: Gauge::default(),
        }
    }
}

/// A request that runs; ends when dropped, however that comes.
pub(crate) struct Running(Gauge);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Traffic {
    /// A request begins.
    pub(crate) fn begin(&self) -> Running {
        self.running.inc();
        Running(self.running.clone())
    }

    /// A request was answered.
    pub(crate) fn count(&self, method: &Method, route: &str, status: StatusCode, micros: i64) {
        let asked = Asked { method: known(method), route: route.to_owned() };
        #[expect(clippy::cast_precision_loss, reason = "a bucket is wider than what is lost")]
        self.seconds.get_or_create(&asked).observe(micros as f64 / Ts::SECOND as f64);
        let status = status.as_u16();
        self.requests.get_or_create(&Answered { asked, status }).inc();
        if let Some((_, reason)) = REFUSALS.iter().find(|(refusal, _)| *refusal == status) {
            self.refused.get_or_create(&Refused { reason }).inc();
        }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        let help = "Requests by method, route and status";
        registry.register("http_requests", help, self.requests.clone());
        let help = "How long requests took";
        registry.register_with_unit("http_request", help, Unit::Seconds, self.seconds.clone());
        let help = "Requests that were refused, by reason";
        registry.register("http_refused_requests", help, self.refused.clone());
        registry.register("http_running_requests", "Requests that run now", self.running.clone());
    }
}

/// Callers may make methods up; each would be a series for good.
fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.iter().find(|known| **known == method.as_str()).copied().unwrap_or("other")
}
