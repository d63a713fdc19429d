//! Pages of lists: by number, or by an opaque cursor that stays put while rows are added.

use crate::Ctx;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use g8_domain::{
    Error, Page, Result,
    page::{DEFAULT_LIMIT, MAX_LIMIT, Pagination},
};
use g8_storage::{Arg, RowCount, Slice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const MAC: usize = 8;

/// Which page of a list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Paging {
    /// Page number, from 1; to go far into a list use `cursor`
    #[schemars(range(min = 1, max = 1_000_000))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// Rows per page, 50 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before; wins over `page`
    #[schemars(length(max = 128))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows to skip in place of pages, for lists that take an `offset`.
    #[serde(skip)]
    pub skip: Option<i64>,
}

/// The key that a list is ordered by.
pub trait PageKey: Into<Arg> + Sized {
    /// The key as bytes.
    fn bytes(&self) -> Vec<u8>;
    /// The key those bytes were.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

impl PageKey for i64 {
    fn bytes(&self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_be_bytes(bytes.try_into().ok()?))
    }
}

impl PageKey for Uuid {
    fn bytes(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Self::from_slice(bytes).ok()
    }
}

impl Paging {
    /// Rows per page.
    fn limit(&self) -> i64 {
        self.limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT)
    }

    /// Which rows to read, keyed by `K`.
    ///
    /// # Errors
    /// A cursor that this list did not give to this organisation.
    pub fn slice<K: PageKey>(&self, ctx: &Ctx) -> Result<Slice> {
        let after = match &self.cursor {
            Some(cursor) => Some(open::<K>(ctx, cursor)?.into()),
            None => None,
        };
        let offset = self.skip.unwrap_or_else(|| (self.page.unwrap_or(1) - 1).saturating_mul(self.limit()));
        Ok(Slice { after, offset, limit: self.limit() })
    }

    /// The page that `rows` make: they may hold one row more than fits, which is how a next page shows.
    pub fn page<T, K: PageKey>(
        &self,
        ctx: &Ctx,
        (mut rows, total): (Vec<T>, RowCount),
        key: impl Fn(&T) -> K,
    ) -> Page<T> {
        let limit = self.limit();
        let fits = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_next = rows.len() > fits;
        rows.truncate(fits);
        let last = rows.last().filter(|_| has_next);
        let next_cursor = last.map(|row| seal(ctx, &key(row)));
        let page = match (&self.cursor, self.skip) {
            (Some(_), _) => 1,
            (None, Some(skip)) => skip / limit + 1,
            (None, None) => self.page.unwrap_or(1),
        };
        let pagination =
            Pagination { page, limit, total: total.n, total_or_more: total.or_more, has_next, next_cursor };
        Page { data: rows, pagination }
    }
}

/// The mark that makes a cursor this list's and this organisation's.
fn mark(ctx: &Ctx, key: &[u8]) -> [u8; MAC] {
    let mut message = ctx.org().as_bytes().to_vec();
    message.extend_from_slice(ctx.operation.as_bytes());
    message.extend_from_slice(key);
    let mac = ctx.app.pepper.mac("cursor", &message);
    let mut short = [0; MAC];
    short.copy_from_slice(&mac[..MAC]);
    short
}

fn seal<K: PageKey>(ctx: &Ctx, key: &K) -> String {
    let mut bytes = key.bytes();
    bytes.extend_from_slice(&mark(ctx, &key.bytes()));
    URL_SAFE_NO_PAD.encode(bytes)
}

fn open<K: PageKey>(ctx: &Ctx, cursor: &str) -> Result<K> {
    let foreign = || Error::field("cursor", "is not one this list gave out; start again without it");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| foreign())?;
    let (key, given) = bytes.split_at_checked(bytes.len().saturating_sub(MAC)).ok_or_else(foreign)?;
    if given != mark(ctx, key) {
        return Err(foreign());
    }
    K::from_bytes(key).ok_or_else(foreign)
}
