//! Every operation that is a tool.

use crate::schema;
use futures_util::future::BoxFuture;
use g8_domain::{Result, Scope, Scopes};
use g8_service::{Args, Backend, Doors, Effect, Mode, Operation, Shape, Spec, ops};
use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Which tools a session offers (seed 000: `G8_MCP_MODE`).
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
    /// The mode a word names, in any case; anything else is [`ToolMode::All`], as published.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word.to_lowercase().as_str() {
            "dev" => Self::Dev,
            "gtm" => Self::Gtm,
            _ => Self::All,
        }
    }

    fn offers(self, mode: Mode) -> bool {
        match (self, mode) {
            (_, Mode::Shared) | (Self::All, _) => true,
            (Self::Dev, mode) => mode == Mode::Dev,
            (Self::Gtm, mode) => mode == Mode::Gtm,
        }
    }

    /// The name under which a tool is offered in this mode.
    fn name(self, spec: &Spec, published: &str) -> String {
        match (self, spec.mode) {
            (Self::All, Mode::Gtm) => published.replacen("g8_", "g8_gtm_", 1),
            _ => published.to_owned(),
        }
    }
}

type Run<B> = fn(Arc<B>, Args) -> BoxFuture<'static, Result<Value>>;

/// One tool: what is shown of it, and how it runs.
pub(super) struct Entry<B> {
    pub tool: Tool,
    pub run: Run<B>,
    scopes: &'static [Scope],
    aliases: Vec<String>,
}

/// The tools of one mode that a caller's scopes allow.
pub struct Catalogue<B> {
    mode: ToolMode,
    entries: Vec<Entry<B>>,
}

impl<B: Backend> Catalogue<B> {
    /// Every tool of `mode` that these scopes allow.
    #[must_use]
    pub fn new(mode: ToolMode, scopes: &Scopes) -> Self {
        let mut catalogue = Self { mode, entries: Vec::new() };
        ops::register(&mut catalogue);
        catalogue.entries.retain(|entry| {
            entry.scopes.is_empty() || entry.scopes.iter().any(|scope| scopes.allows(*scope))
        });
        catalogue
    }

    /// What is shown of the tools, in the order of the operations.
    #[must_use]
    pub fn tools(&self) -> Vec<Tool> {
        self.entries.iter().map(|entry| entry.tool.clone()).collect()
    }

    /// The tool of this name, or the one that it is another published name of.
    pub(super) fn find(&self, name: &str) -> Option<&Entry<B>> {
        self.entries
            .iter()
            .find(|entry| entry.tool.name == name || entry.aliases.iter().any(|alias| alias == name))
    }
}

impl<B: Backend> Doors for Catalogue<B> {
    fn add<O: Operation>(&mut self) {
        let Some((name, aliases)) = O::SPEC.tools.split_first().filter(|_| self.mode.offers(O::SPEC.mode))
        else {
            return;
        };
        self.entries.push(Entry {
            tool: tool::<O>(self.mode.name(&O::SPEC, name)),
            run: |backend, args| Box::pin(run::<B, O>(backend, args)),
            scopes: O::SPEC.scopes,
            aliases: aliases.iter().map(|alias| self.mode.name(&O::SPEC, alias)).collect(),
        });
    }
}

async fn run<B: Backend, O: Operation>(backend: Arc<B>, args: Args) -> Result<Value> {
    // Assistants send numbers as texts; the schema says which are numbers.
    let args = Shape::of::<O::Input>().coerce(args);
    let output = backend.call::<O>(args).await?;
    let output = serde_json::to_value(output).map_err(g8_domain::Error::internal)?;
    // What a tool answers is an object; a list is called what REST calls it.
    Ok(if output.is_array() { json!({ "data": output }) } else { output })
}

fn tool<O: Operation>(name: String) -> Tool {
    let spec = &O::SPEC;
    let mut input = Shape::of::<O::Input>().schema().clone();
    if let Some(fields) = input["properties"].as_object_mut() {
        for field in fields.values_mut() {
            *field = schema::published(schema::without_null(field.take()));
        }
    }
    let title = title(&name);
    Tool::new(name, spec.about, object(input))
        .with_title(title.clone())
        .with_raw_output_schema(Arc::new(object(answer(schema::output::<O::Output>()))))
        .with_annotations(
            ToolAnnotations::with_title(title)
                .read_only(spec.effect == Effect::Read)
                .destructive(spec.effect == Effect::Destroy)
                .idempotent(spec.effect != Effect::Write)
                // Everything so far happens inside the workspace.
                .open_world(false),
        )
}

/// The schema of an answer, as [`run`] gives it.
fn answer(output: Value) -> Value {
    if output["type"] != "array" {
        return output;
    }
    json!({ "type": "object", "properties": { "data": output }, "required": ["data"] })
}

fn object(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// `g8_search_contacts` as `Search contacts`.
fn title(name: &str) -> String {
    let words = name.trim_start_matches("g8_").replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
