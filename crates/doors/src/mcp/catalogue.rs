//! Every operation that is a tool or a resource.

use super::{mode::ToolMode, tool};
use g8_core::{Action, Args, Backend, Verb};
use g8_domain::{Result, Scope, Scopes};
use rmcp::model::{Resource, Tool};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};

/// One tool: what is shown of it, and what it runs.
pub(super) struct Entry {
    pub tool: Tool,
    pub action: Action,
}

/// A list whose first page can be read at an address.
pub(super) struct Source {
    pub resource: Resource,
    pub action: Action,
}

/// The tools and resources of one mode. It is made once; a [`View`](super::View) is what one caller sees of it.
pub struct Catalogue {
    pub(super) mode: ToolMode,
    pub(super) entries: Vec<Entry>,
    pub(super) sources: Vec<Source>,
    names: HashMap<String, usize>,
    readers: HashMap<&'static str, Action>,
}

impl Catalogue {
    /// Every tool and resource of `mode` among these operations.
    #[must_use]
    pub fn new(operations: &[Action], mode: ToolMode) -> Self {
        let mut catalogue = Self {
            mode,
            entries: Vec::new(),
            sources: Vec::new(),
            names: HashMap::new(),
            readers: HashMap::new(),
        };
        operations.iter().for_each(|action| catalogue.take(*action));
        catalogue
    }

    /// The tool of this name, or the one that it is another published name of.
    pub(super) fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.get(*self.names.get(name)?)
    }

    /// What reads the record at a path.
    pub(super) fn reader(&self, path: &str) -> Option<Action> {
        self.readers.get(path).copied()
    }
}

impl Catalogue {
    fn take(&mut self, action: Action) {
        let spec = action.spec;
        if spec.verb == Verb::Get && spec.placeholders().next().is_some() {
            self.readers.insert(spec.path, action);
        }
        if !self.mode.offers(spec.mode) {
            return;
        }
        if let Some(uri) = spec.resource {
            let name = uri.trim_start_matches("g8://");
            let resource = Resource::new(uri, name).with_description(spec.about).with_mime_type(JSON);
            self.sources.push(Source { resource, action });
        }
        let Some(name) = spec.tools.first() else { return };
        for published in spec.tools {
            self.names.insert(self.mode.name(spec, published), self.entries.len());
        }
        self.entries.push(Entry { tool: tool::of(action, self.mode.name(spec, name)), action });
    }
}

/// What resources hold.
pub(super) const JSON: &str = "application/json";

/// Runs what a tool or a resource stands for.
pub(super) async fn run<B: Backend>(backend: Arc<B>, action: Action, args: Args) -> Result<Value> {
    // Assistants send numbers as texts; the schema says which are numbers.
    let output: Value = backend.act(action.spec, action.shape().coerce(args), None).await?.read()?;
    // What a tool answers is an object; a list is called what REST calls it.
    Ok(if output.is_array() { json!({ "data": output }) } else { output })
}

/// Finds the faults in arguments without running anything.
pub(super) fn check(action: Action, args: &Args) -> Result<()> {
    action.check(action.shape().coerce(args.clone()))
}

/// Whether any one of them is held, or none is asked for.
pub(super) fn allowed(scopes: &Scopes, any: &[Scope]) -> bool {
    any.is_empty() || any.iter().any(|scope| scopes.allows(*scope))
}
