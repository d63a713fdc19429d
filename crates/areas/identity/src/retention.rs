//! What goes by itself: codes, tokens, programs that nobody uses, links.

use g8_domain::{Result, Ts};
use g8_storage::{Tx, links, oauth_clients, oauth_codes, oauth_tokens};

/// How long a program is known that nobody uses.
const UNUSED: i64 = 90 * Ts::DAY;

pub(crate) async fn forget(tx: &mut Tx, now: Ts, limit: i64) -> Result<u64> {
    // A day longer than they work: a second use is known as one, an expired token as such.
    let mut gone = oauth_codes::forget(tx, now.plus(-Ts::DAY), limit).await?;
    gone += oauth_tokens::forget(tx, now.plus(-Ts::DAY), limit).await?;
    gone += oauth_clients::forget(tx, (now.plus(-UNUSED), now), limit).await?;
    Ok(gone + links::forget(tx, now, limit).await?)
}
