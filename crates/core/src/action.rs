//! An operation without its types: doors that pass JSON on are made once, not once for each operation.

use crate::{Args, Ctx, Operation, Shape, Spec};
use futures_util::future::BoxFuture;
use g8_domain::{Error, Result};
use schemars::{Schema, SchemaGenerator};
use serde_json::{
    Value,
    value::{RawValue, to_raw_value},
};
use std::sync::Arc;

type Run = for<'a> fn(&'a Ctx, Value) -> BoxFuture<'a, Result<Box<RawValue>>>;

/// What is declared of an operation, and how it runs from JSON to JSON. An area makes its own in a `static`, so that
/// their code is compiled with the area and nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Its name, address, scopes and bindings.
    pub spec: &'static Spec,
    shape: fn() -> Arc<Shape>,
    answer: fn(&mut SchemaGenerator) -> Schema,
    read: fn(Value) -> Result<()>,
    run: Run,
}

impl Action {
    /// That of an operation.
    #[must_use]
    pub const fn of<O: Operation>() -> Self {
        Self {
            spec: &O::SPEC,
            shape: Shape::of::<O::Input>,
            answer: SchemaGenerator::subschema_for::<O::Output>,
            read: |checked| Shape::typed::<O::Input>(checked).map(drop),
            run: |ctx, input| Box::pin(run::<O>(ctx, input)),
        }
    }

    /// What its arguments look like.
    #[must_use]
    pub fn shape(&self) -> Arc<Shape> {
        (self.shape)()
    }

    /// The JSON Schema of its answer; types with names go into the generator's definitions.
    pub fn answer(&self, schemas: &mut SchemaGenerator) -> Schema {
        (self.answer)(schemas)
    }

    /// Finds the faults in arguments without running anything.
    ///
    /// # Errors
    /// As [`Shape::read`].
    pub fn check(&self, args: Args) -> Result<()> {
        (self.read)(self.shape().check(args)?)
    }

    /// Does it, for a caller who may, with arguments that are valid.
    pub(crate) async fn run(&self, ctx: &Ctx, input: Value) -> Result<Box<RawValue>> {
        (self.run)(ctx, input).await
    }
}

async fn run<O: Operation>(ctx: &Ctx, input: Value) -> Result<Box<RawValue>> {
    let output = O::run(ctx, Shape::typed(input)?).await?;
    to_raw_value(&output).map_err(Error::internal)
}
