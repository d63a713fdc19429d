//! What an operation says about itself; every door is a projection of it.

use crate::Ctx;
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

/// One thing a caller can ask for. One file each, `<noun>/<verb>.rs` in its area.
pub trait Operation: Sized + Send + Sync + 'static {
    /// Its name, address, scopes and bindings.
    const SPEC: Spec;
    /// Its arguments: flat, so that flags, query strings and tool arguments read alike.
    type Input: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
    /// Its answer.
    type Output: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
    /// Does it, for a caller who may, with arguments that are valid.
    fn run(ctx: &Ctx, input: Self::Input) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// The HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Creates or acts.
    Post,
    /// Writes, and twice is as once.
    Put,
    /// Changes a part.
    Patch,
    /// Takes away.
    Delete,
}

impl Verb {
    /// As it is written in a request line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// How the output becomes a response body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// `{"data": output}`.
    Data,
    /// The output is a [`Page`](g8_domain::Page) and brings `data` and `pagination` itself.
    Page,
    /// The output as it is.
    Bare,
    /// 204 and nothing.
    Empty,
    /// A file of one of these media types; the output is not shown.
    File(&'static [&'static str]),
}

/// What an operation does to the world; MCP's hints follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Adds or changes; twice is twice.
    Write,
    /// Adds or changes; twice is as once.
    Put,
    /// Takes something away.
    Destroy,
}

/// Who is offered an MCP tool (seed 000, "Modes").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolAudience {
    /// Everybody.
    Shared,
    /// Developers building a product.
    Dev,
    /// Campaign managers and marketers.
    Gtm,
}

/// The declaration of one operation.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// `noun.verb`: the OpenAPI operation id and the name in the audit log.
    pub name: &'static str,
    /// One line for people and models.
    pub about: &'static str,
    /// The HTTP method.
    pub verb: Verb,
    /// The path below the mount; placeholders are filled from the input's fields.
    pub path: &'static str,
    /// Other published paths of the same operation.
    pub aliases: &'static [&'static str],
    /// Any one of these lets a caller in; none at all means every valid key.
    pub scopes: &'static [Scope],
    /// The status of success.
    pub status: u16,
    /// How the output becomes a body.
    pub body: Body,
    /// Whether arguments beside the path travel in the query string; else in the body.
    pub in_query: bool,
    /// The media types of the file it takes as its body, where it takes one.
    pub takes_file: &'static [&'static str],
    /// What it does to the world.
    pub effect: Effect,
    /// Whether its answer holds a secret, which is shown once and stored nowhere.
    pub shows_secret: bool,
    /// The MCP tool's names, the first documented.
    pub tools: &'static [&'static str],
    /// Who is offered the tool.
    pub mode: ToolAudience,
    /// The names of the `g8` command, the first documented; none for what has no command.
    pub commands: &'static [&'static str],
    /// Fields beside the path's placeholders that the command takes by place as well.
    pub positional: &'static [&'static str],
    /// The address under which assistants can read its first page, without arguments.
    pub resource: Option<&'static str>,
}

impl Spec {
    const fn new(verb: Verb, path: &'static str, name: &'static str, scopes: &'static [Scope]) -> Self {
        let effect = match verb {
            Verb::Get => Effect::Read,
            Verb::Post => Effect::Write,
            Verb::Put | Verb::Patch => Effect::Put,
            Verb::Delete => Effect::Destroy,
        };
        Self {
            name,
            about: "",
            verb,
            path,
            aliases: &[],
            scopes,
            status: 200,
            body: Body::Data,
            in_query: matches!(verb, Verb::Get | Verb::Delete),
            takes_file: &[],
            effect,
            shows_secret: false,
            tools: &[],
            mode: ToolAudience::Shared,
            commands: &[],
            positional: &[],
            resource: None,
        }
    }

    /// An operation for holders of any of `scopes`; naming none does not compile:
    ///
    /// ```compile_fail,E0080
    /// use g8_core::{Spec, Verb};
    /// const SPEC: Spec = Spec::on(Verb::Get, "/plums", "plum.list", &[]);
    /// # fn main() { assert_eq!(SPEC.status, 200); }
    /// ```
    ///
    /// ```
    /// use g8_core::{Spec, Verb};
    /// const SPEC: Spec = Spec::on(Verb::Get, "/plums", "plum.list", &[g8_domain::Scope("plums:read")]);
    /// # fn main() { assert_eq!(SPEC.status, 200); }
    /// ```
    #[must_use]
    pub const fn on(verb: Verb, path: &'static str, name: &'static str, scopes: &'static [Scope]) -> Self {
        assert!(!scopes.is_empty(), "an operation names its scopes, or is `for_any_key`");
        Self::new(verb, path, name, scopes)
    }

    /// An operation that every valid key may run.
    #[must_use]
    pub const fn for_any_key(verb: Verb, path: &'static str, name: &'static str) -> Self {
        Self::new(verb, path, name, &[])
    }

    /// What it does, in one line.
    #[must_use]
    pub const fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// It is served at these paths, too.
    #[must_use]
    pub const fn aliases(mut self, paths: &'static [&'static str]) -> Self {
        self.aliases = paths;
        self
    }

    /// Success is 201.
    #[must_use]
    pub const fn created(mut self) -> Self {
        self.status = 201;
        self
    }

    /// Success is 202: the work goes on behind the answer.
    #[must_use]
    pub const fn accepted(mut self) -> Self {
        self.status = 202;
        self
    }

    /// Its body is a file; its arguments travel in the path and the query string.
    #[must_use]
    pub const fn takes_file(mut self, media_types: &'static [&'static str]) -> Self {
        self.takes_file = media_types;
        self.in_query = true;
        self
    }

    /// Its answer is a file.
    #[must_use]
    pub const fn gives_file(mut self, media_types: &'static [&'static str]) -> Self {
        self.body = Body::File(media_types);
        self
    }

    /// Success is 204 without a body.
    #[must_use]
    pub const fn empty(mut self) -> Self {
        self.status = 204;
        self.body = Body::Empty;
        self
    }

    /// The output is a page of a list.
    #[must_use]
    pub const fn page(mut self) -> Self {
        self.body = Body::Page;
        self
    }

    /// The output is the whole body.
    #[must_use]
    pub const fn bare(mut self) -> Self {
        self.body = Body::Bare;
        self
    }

    /// Its arguments travel in the body, though its verb is DELETE.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.in_query = false;
        self
    }

    /// It does this to the world, whatever its verb suggests.
    #[must_use]
    pub const fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Its answer holds a secret.
    #[must_use]
    pub const fn shows_secret(mut self) -> Self {
        self.shows_secret = true;
        self
    }

    /// Assistants have it under these names, in this mode.
    #[must_use]
    pub const fn tool(mut self, mode: ToolAudience, names: &'static [&'static str]) -> Self {
        self.mode = mode;
        self.tools = names;
        self
    }

    /// `g8` has it under these names.
    #[must_use]
    pub const fn command(mut self, names: &'static [&'static str]) -> Self {
        self.commands = names;
        self
    }

    /// Assistants can read its first page at this address (contract/tools.md §7).
    #[must_use]
    pub const fn resource(mut self, uri: &'static str) -> Self {
        self.resource = Some(uri);
        self
    }

    /// Its command takes these fields by place as well, behind the placeholders.
    #[must_use]
    pub const fn positional(mut self, fields: &'static [&'static str]) -> Self {
        self.positional = fields;
        self
    }

    /// Whether it creates or acts, so that an `Idempotency-Key` makes its repetition harmless. Nobody can say of
    /// a file that is still coming in whether it is the same.
    #[must_use]
    pub fn takes_idempotency_key(&self) -> bool {
        self.verb == Verb::Post && self.effect != Effect::Read && self.takes_file.is_empty()
    }

    /// The noun of its name, which comes before the dot.
    #[must_use]
    pub fn noun(&self) -> &'static str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// The names of the path's placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}
