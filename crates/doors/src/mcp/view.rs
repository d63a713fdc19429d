//! What one caller sees of a catalogue: as much as mode, scopes and the switch for reading allow.

use super::{
    Catalogue,
    catalogue::{Entry, Source, allowed},
};
use g8_core::Effect;
use g8_domain::{Scope, Scopes};
use rmcp::model::{Resource, Tool};
use std::sync::Arc;

/// The part of a catalogue that a caller may use.
#[derive(Clone)]
pub struct View {
    pub(super) catalogue: Arc<Catalogue>,
    scopes: Scopes,
    read_only: bool,
}

impl View {
    /// What these scopes allow; with `read_only`, only what changes nothing.
    #[must_use]
    pub fn new(catalogue: Arc<Catalogue>, scopes: Scopes, read_only: bool) -> Self {
        Self { catalogue, scopes, read_only }
    }

    fn offers(&self, entry: &Entry) -> bool {
        (!self.read_only || entry.action.spec.effect == Effect::Read)
            && allowed(&self.scopes, entry.action.spec.scopes)
    }

    /// What is shown of the tools, in the order of the operations.
    #[must_use]
    pub fn tools(&self) -> Vec<Tool> {
        let offered = self.catalogue.entries.iter().filter(|entry| self.offers(entry));
        offered.map(|entry| entry.tool.clone()).collect()
    }

    pub(super) fn find(&self, name: &str) -> Option<&Entry> {
        self.catalogue.find(name).filter(|entry| self.offers(entry))
    }

    /// The scope that would open a tool which is there, and which the caller lacks.
    pub(super) fn lacks(&self, name: &str) -> Option<Scope> {
        let entry = self.catalogue.find(name)?;
        let hidden = self.read_only && entry.action.spec.effect != Effect::Read;
        (!hidden && !allowed(&self.scopes, entry.action.spec.scopes))
            .then(|| entry.action.spec.scopes.first().copied())?
    }

    /// What is shown of the resources.
    #[must_use]
    pub fn resources(&self) -> Vec<Resource> {
        let offered =
            self.catalogue.sources.iter().filter(|source| allowed(&self.scopes, source.action.spec.scopes));
        offered.map(|source| source.resource.clone()).collect()
    }

    pub(super) fn source(&self, uri: &str) -> Option<&Source> {
        let found = self.catalogue.sources.iter().find(|source| source.resource.uri == uri);
        found.filter(|source| allowed(&self.scopes, source.action.spec.scopes))
    }
}
