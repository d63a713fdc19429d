//! Prompts: what a user can start with (contract/tools.md §7). One is offered where every tool that its text
//! speaks of is.

use super::{ToolMode, View};
use g8_core::Args;
use rmcp::{
    ErrorData,
    model::{GetPromptResult, Prompt as Shown, PromptArgument, PromptMessage, Role},
};

/// A text with places for arguments, `{so}`.
struct Prompt {
    name: &'static str,
    about: &'static str,
    modes: &'static [ToolMode],
    /// Name, what it is, whether it must be given.
    arguments: &'static [(&'static str, &'static str, bool)],
    tools: &'static [&'static str],
    text: &'static str,
}

const PROMPTS: &[Prompt] = &[
    Prompt {
        name: "icp_refinement",
        about: "Refine the ideal customer profile from what was won and lost",
        modes: &[ToolMode::Dev, ToolMode::All],
        arguments: &[("feedback", "What you have noticed about good and bad customers", true)],
        tools: &["g8_get_deals", "g8_get_deal", "g8_get_company", "g8_find_companies"],
        text: include_str!("prompts/icp_refinement.md"),
    },
    Prompt {
        name: "prospect_outreach",
        about: "Find people who fit, leave out whom nobody may write to, and put the others on a list",
        modes: &[ToolMode::Gtm, ToolMode::All],
        arguments: &[
            ("icp_description", "Whom you are looking for", true),
            ("list_name", "The name of the list to make", true),
        ],
        tools: &[
            "g8_find_companies",
            "g8_find_contacts",
            "g8_get_suppression",
            "g8_create_list",
            "g8_add_to_list",
            "g8_create_task",
        ],
        text: include_str!("prompts/prospect_outreach.md"),
    },
];

fn of(view: &View) -> impl Iterator<Item = &'static Prompt> {
    PROMPTS.iter().filter(|prompt| {
        prompt.modes.contains(&view.catalogue.mode)
            && prompt.tools.iter().all(|tool| view.find(tool).is_some())
    })
}

/// What is shown of the prompts that a caller can make use of.
pub fn offered(view: &View) -> Vec<Shown> {
    let arguments = |prompt: &Prompt| {
        let shown = |(name, about, required): &(&str, &str, bool)| {
            PromptArgument::new(*name).with_description(*about).with_required(*required)
        };
        prompt.arguments.iter().map(shown).collect()
    };
    of(view).map(|prompt| Shown::new(prompt.name, Some(prompt.about), Some(arguments(prompt)))).collect()
}

/// A prompt with its arguments filled in.
pub fn get(view: &View, name: &str, args: &Args) -> Result<GetPromptResult, ErrorData> {
    let prompt = of(view).find(|prompt| prompt.name == name);
    let prompt =
        prompt.ok_or_else(|| ErrorData::invalid_params(format!("There is no prompt {name}"), None))?;
    let given =
        |name: &str| args.get(name).and_then(|value| value.as_str()).map(str::trim).unwrap_or_default();
    let missing: Vec<&str> = prompt
        .arguments
        .iter()
        .filter(|(name, _, required)| *required && given(name).is_empty())
        .map(|argument| argument.0)
        .collect();
    if !missing.is_empty() {
        return Err(ErrorData::invalid_params(format!("Missing: {}", missing.join(", ")), None));
    }
    let text = filled(prompt, given);
    let message = PromptMessage::new_text(Role::User, text);
    Ok(GetPromptResult::new(vec![message]).with_description(prompt.about))
}

/// Each place is filled once: what an argument says is not looked at for places again.
fn filled<'a>(prompt: &Prompt, given: impl Fn(&str) -> &'a str) -> String {
    let mut text = String::new();
    for (at, part) in prompt.text.split(['{', '}']).enumerate() {
        text.push_str(if at % 2 == 0 { part } else { given(part) });
    }
    text.trim_end().to_owned()
}
