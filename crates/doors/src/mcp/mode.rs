//! Which tools a session offers (seed 000: `G8_MCP_MODE`).

use g8_core::{Spec, ToolAudience};

/// For whom tools are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolMode {
    /// For developers building a product.
    Dev,
    /// For campaign managers and marketers.
    Gtm,
    /// Both; tools of the second are called `g8_gtm_…`.
    All,
}

impl ToolMode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Dev, Self::Gtm, Self::All];

    /// The mode a word names, in any case; anything else is [`ToolMode::All`], as published.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word.to_lowercase().as_str() {
            "dev" => Self::Dev,
            "gtm" => Self::Gtm,
            _ => Self::All,
        }
    }

    pub(super) fn offers(self, mode: ToolAudience) -> bool {
        match (self, mode) {
            (_, ToolAudience::Shared) | (Self::All, _) => true,
            (Self::Dev, mode) => mode == ToolAudience::Dev,
            (Self::Gtm, mode) => mode == ToolAudience::Gtm,
        }
    }

    /// The name under which a tool is offered in this mode.
    pub(super) fn name(self, spec: &Spec, published: &str) -> String {
        match (self, spec.mode) {
            (Self::All, ToolAudience::Gtm) => published.replacen("g8_", "g8_gtm_", 1),
            _ => published.to_owned(),
        }
    }
}

/// What a word makes of the switch that leaves only what reads: anything but a plain no sets it, since who names a
/// switch for safety means it.
#[must_use]
pub fn is_yes(word: &str) -> bool {
    !matches!(word.trim().to_lowercase().as_str(), "" | "false" | "0" | "no" | "off")
}
