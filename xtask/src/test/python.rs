use super::Postgres;
use crate::Result;
pub fn check(_: &Postgres) -> Result {
    Ok(())
}
