//! `GET /pipelines/evidence-library`

use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be known of a deal: key, label, and what it means.
const LIBRARY: [(&str, &str, &str); 8] = [
    ("pain_identified", "Pain identified", "The buyer has said what hurts"),
    ("impact_quantified", "Impact quantified", "What it costs them is known in numbers"),
    ("stakeholder_mapped", "Stakeholders mapped", "Who decides, who is asked and who is against it is known"),
    ("decision_process_known", "Decision process known", "The steps to their yes are known"),
    ("timeline_known", "Timeline known", "It is known by when they want it"),
    ("commercial_posture_known", "Commercial posture known", "Budget, terms and how they buy are known"),
    ("next_step_scheduled", "Next step scheduled", "The next step has a date that both sides know"),
    ("risk_or_blocker_logged", "Risk or blocker logged", "What could stop it is written down"),
];

/// The keys among these that are known, each once.
pub(crate) fn known(keys: Vec<String>) -> Vec<String> {
    let asked = |key: &&str| keys.iter().any(|asked| asked == key);
    LIBRARY.iter().map(|(key, ..)| *key).filter(asked).map(str::to_owned).collect()
}

/// List what stages can ask to be known of a deal.
pub struct ListEvidence;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// Something to be known of a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// As `required_elements` and `recommended_elements` of a stage name it
    pub key: String,
    /// For people
    pub label: String,
    /// When it counts as known
    pub description: String,
}

impl Operation for ListEvidence {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/pipelines/evidence-library", "pipeline.evidence", &[Scope::PIPELINES_READ])
            .about("List what a stage can require to be known of a deal")
            .aliases(&["/v1/pipelines/evidence-library"])
            .command(&["evidence-library"]);
    type Input = Input;
    type Output = Vec<Evidence>;

    async fn run(_: &Ctx, _: Input) -> Result<Vec<Evidence>> {
        let evidence = |(key, label, description): &(&str, &str, &str)| Evidence {
            key: (*key).to_owned(),
            label: (*label).to_owned(),
            description: (*description).to_owned(),
        };
        Ok(LIBRARY.iter().map(evidence).collect())
    }
}
