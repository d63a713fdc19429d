//! Every operation that is a tool or a resource.

use super::{mode::ToolMode, tool};
use futures_util::future::BoxFuture;
use g8_domain::{Result, Scope, Scopes};
use g8_service::{Args, Backend, Doors, Effect, Operation, Shape, Verb, ops};
use rmcp::model::{Resource, Tool};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};

pub(super) type Run<B> = fn(Arc<B>, Args) -> BoxFuture<'static, Result<Value>>;

/// One tool: what is shown of it, and how it runs.
pub(super) struct Entry<B> {
    pub tool: Tool,
    pub about: &'static str,
    pub effect: Effect,
    pub run: Run<B>,
    /// Finds the faults in arguments without running anything.
    pub check: fn(Args) -> Result<()>,
    /// Where the operation is, which tells what reads the same record.
    pub path: &'static str,
    pub scopes: &'static [Scope],
}

/// A list whose first page can be read at an address.
pub(super) struct Source<B> {
    pub resource: Resource,
    pub run: Run<B>,
    pub scopes: &'static [Scope],
}

/// The tools and resources of one mode. It is made once; a [`View`](super::View) is what one caller sees of it.
pub struct Catalogue<B> {
    pub(super) mode: ToolMode,
    pub(super) entries: Vec<Entry<B>>,
    pub(super) sources: Vec<Source<B>>,
    names: HashMap<String, usize>,
    readers: HashMap<&'static str, Run<B>>,
}

impl<B: Backend> Catalogue<B> {
    /// Every tool and resource of `mode`.
    #[must_use]
    pub fn new(mode: ToolMode) -> Self {
        let mut catalogue = Self {
            mode,
            entries: Vec::new(),
            sources: Vec::new(),
            names: HashMap::new(),
            readers: HashMap::new(),
        };
        ops::register(&mut catalogue);
        catalogue
    }

    /// The tool of this name, or the one that it is another published name of.
    pub(super) fn find(&self, name: &str) -> Option<&Entry<B>> {
        self.entries.get(*self.names.get(name)?)
    }

    /// What reads the record at a path.
    pub(super) fn reader(&self, path: &str) -> Option<Run<B>> {
        self.readers.get(path).copied()
    }
}

impl<B: Backend> Doors for Catalogue<B> {
    fn add<O: Operation>(&mut self) {
        let spec = &O::SPEC;
        if spec.verb == Verb::Get && spec.placeholders().next().is_some() {
            self.readers.insert(spec.path, |backend, args| Box::pin(run::<B, O>(backend, args)));
        }
        if !self.mode.offers(spec.mode) {
            return;
        }
        if let Some(uri) = spec.resource {
            let name = uri.trim_start_matches("g8://");
            let resource = Resource::new(uri, name).with_description(spec.about).with_mime_type(JSON);
            let run: Run<B> = |backend, args| Box::pin(run::<B, O>(backend, args));
            self.sources.push(Source { resource, run, scopes: spec.scopes });
        }
        let Some(name) = spec.tools.first() else { return };
        for published in spec.tools {
            self.names.insert(self.mode.name(spec, published), self.entries.len());
        }
        self.entries.push(Entry {
            tool: tool::of::<O>(self.mode.name(spec, name)),
            about: spec.about,
            effect: spec.effect,
            run: |backend, args| Box::pin(run::<B, O>(backend, args)),
            check: |args| {
                let shape = Shape::of::<O::Input>();
                shape.read::<O::Input>(shape.coerce(args)).map(drop)
            },
            path: spec.path,
            scopes: spec.scopes,
        });
    }
}

/// What resources hold.
pub(super) const JSON: &str = "application/json";

async fn run<B: Backend, O: Operation>(backend: Arc<B>, args: Args) -> Result<Value> {
    // Assistants send numbers as texts; the schema says which are numbers.
    let args = Shape::of::<O::Input>().coerce(args);
    let output = backend.call::<O>(args).await?;
    let output = serde_json::to_value(output).map_err(g8_domain::Error::internal)?;
    // What a tool answers is an object; a list is called what REST calls it.
    Ok(if output.is_array() { json!({ "data": output }) } else { output })
}

/// Whether any one of them is held, or none is asked for.
pub(super) fn allowed(scopes: &Scopes, any: &[Scope]) -> bool {
    any.is_empty() || any.iter().any(|scope| scopes.allows(*scope))
}
