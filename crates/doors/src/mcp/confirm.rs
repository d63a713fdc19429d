//! What destroys is done only when somebody has said so: the user, where the client can ask; else whoever read
//! what would happen and sends back the token that came with it. A flag that a model sets confirms nothing.

mod preview;
mod token;

use super::{
    answer,
    catalogue::{Entry, check},
    host::{CallerProvider, CallerSession},
};
use g8_core::Args;
use g8_domain::Result;
use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolResponse, CallToolResult, ContentBlock, ElicitRequest, ElicitRequestParams,
        ElicitationAction, ElicitationSchema, InputRequest, InputRequiredResult, InputResponses,
        ProtocolVersion,
    },
    service::RequestContext,
};
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};
use token::{Bound, ConfirmationError};

/// The argument that brings a token back.
pub const TOKEN: &str = "confirmation_token";
/// How long somebody may think about it.
const SECONDS: i64 = 300;
/// The question's name among those of a client that is asked by the answer.
const QUESTION: &str = "confirm";

/// What a caller brought with a call.
pub struct Brought {
    /// The client's answers to questions.
    pub responses: Option<InputResponses>,
    /// The state that came with the questions.
    pub state: Option<String>,
}

/// Whether a call that destroys goes on: nothing when it does, else what it is answered.
pub async fn ask<H: CallerProvider>(
    host: &H,
    (session, entry): (&CallerSession<H::Backend>, &Entry),
    args: &mut Args,
    brought: Brought,
    context: &RequestContext<RoleServer>,
) -> Result<Option<CallToolResponse>, ErrorData> {
    let token = args.remove(TOKEN);
    if let Err(error) = check(entry.action, args) {
        return Ok(Some(answer::refusal(&error).into()));
    }
    let bound = Bound { caller: &session.name, tool: &entry.tool.name, args: token::canonical(args) };
    if let Some(token) = token {
        return Ok(redeemed(bound.redeem(host, token.as_str().unwrap_or_default(), context).await));
    }
    let asks = Asks::by(context);
    if asks == Asks::InTheAnswer
        && let (Some(state), Some(responses)) = (&brought.state, &brought.responses)
        && let Some(response) = responses.get(QUESTION)
    {
        if response["action"] != "accept" {
            return Ok(Some(declined()));
        }
        return match bound.redeem(host, state, context).await {
            Err(ConfirmationError::Foreign) => {
                Err(ErrorData::invalid_params("requestState failed verification", None))
            }
            done => Ok(redeemed(done)),
        };
    }
    let preview = match preview::of(session, entry, args).await {
        Ok(preview) => preview,
        Err(error) => return Ok(Some(answer::refusal(&error).into())),
    };
    match asks {
        Asks::InTheAnswer => Ok(Some(question(preview, bound.token(host)).into())),
        Asks::InTheSession => Ok(in_session(preview, context).await),
        Asks::Nobody => Ok(Some(prepared(preview, bound.token(host)).into())),
    }
}

/// How a client can be asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    InTheAnswer,
    InTheSession,
    Nobody,
}

impl Asks {
    fn by(context: &RequestContext<RoleServer>) -> Self {
        let can = context.client_capabilities().and_then(|can| can.elicitation);
        // Who names no form of it means forms, as there was once nothing else.
        if !can.is_some_and(|can| can.form.is_some() || can.url.is_none()) {
            return Self::Nobody;
        }
        let version = context.protocol_version();
        if version.is_some_and(|version| version >= ProtocolVersion::V_2026_07_28) {
            Self::InTheAnswer
        } else {
            Self::InTheSession
        }
    }
}

fn form(message: String) -> ElicitRequestParams {
    let requested_schema = ElicitationSchema::new(BTreeMap::new());
    ElicitRequestParams::FormElicitationParams { meta: None, message, requested_schema }
}

fn question(preview: String, state: String) -> InputRequiredResult {
    let question = InputRequest::Elicitation(ElicitRequest::new(form(preview)));
    InputRequiredResult::new(Some(BTreeMap::from([(QUESTION.to_owned(), question)])), Some(state))
}

async fn in_session(preview: String, context: &RequestContext<RoleServer>) -> Option<CallToolResponse> {
    let patience = Duration::from_secs(SECONDS.unsigned_abs());
    let asked = context.peer.create_elicitation_with_timeout(form(preview), Some(patience));
    let said = tokio::select! {
        said = asked => said,
        () = context.ct.cancelled() => return Some(declined()),
    };
    match said {
        Ok(said) if said.action == ElicitationAction::Accept => None,
        Ok(_) => Some(declined()),
        Err(_) => Some(failed("The user did not answer; nothing was changed.")),
    }
}

/// What would happen, and what to bring to make it happen.
fn prepared(preview: String, token: String) -> CallToolResult {
    let data = json!({
        "status": "confirmation_required",
        "preview": preview,
        TOKEN: token,
        "expires_in_seconds": SECONDS,
    });
    let text = format!(
        "Nothing was changed yet. {preview} Tell the user exactly this; only if they agree, call again with the same \
         arguments and this {TOKEN} within {} minutes: {token}",
        SECONDS / 60
    );
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = Some(data);
    result
}

fn redeemed(done: Result<(), ConfirmationError>) -> Option<CallToolResponse> {
    Some(match done.err()? {
        ConfirmationError::Foreign => failed(
            "This confirmation_token is not for this call with exactly these arguments; nothing was changed. Call \
             without it to get one.",
        ),
        ConfirmationError::Late => failed(
            "This confirmation is too old; nothing was changed. Call again without confirmation_token to get a new one.",
        ),
        ConfirmationError::Taken => {
            failed("This confirmation was used before; it is good once. Look whether it is done.")
        }
        ConfirmationError::Unknown(error) => answer::refusal(&error).into(),
    })
}

fn declined() -> CallToolResponse {
    failed("The user declined; nothing was changed.")
}

fn failed(text: &str) -> CallToolResponse {
    let mut result = CallToolResult::error(vec![ContentBlock::text(text)]);
    result.structured_content = Some(json!({ "code": "not_confirmed", "message": text, "retryable": false }));
    result.into()
}
