//! What the lists of tools cost an assistant before it has done anything.

use super::pipe::everything;
use crate::mcp::{Catalogue, ToolMode, View};
use std::sync::Arc;

/// Tokens of a list, by the tables of GPT-4o and its successors; those of other models come to about the same.
const MOST: usize = 12_000;

#[test]
fn each_list_of_tools_is_under_twelve_thousand_tokens() {
    for mode in ToolMode::ALL {
        let tools = View::new(
            Arc::new(Catalogue::new(g8_core::Registry::new(g8_product::AREAS).operations(), mode)),
            everything(),
            false,
        )
        .tools();
        let count = |text: String| tiktoken_rs::o200k_base_singleton().encode_ordinary(&text).len();
        let all = count(serde_json::to_string(&tools).unwrap());
        let mut each: Vec<(usize, String)> = tools
            .iter()
            .map(|tool| (count(serde_json::to_string(tool).unwrap()), tool.name.to_string()))
            .collect();
        each.sort_by(|one, other| other.cmp(one));
        println!("{mode:?}: {} tools, {all} tokens", tools.len());
        assert!(all < MOST, "{mode:?}: {all} tokens; the dearest are {:?}", &each[..12]);
    }
}
