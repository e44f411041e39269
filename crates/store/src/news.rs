//! What changed lately in an organization, for all its members: a choice of the audit log's
//! entries, of what everybody may see anyway.

mod days;
mod recent;

pub use days::DayCount;
pub use recent::{About, NewsItem};

use crate::{Tenant, scope::Scope};

/// What changed lately. See [`Tenant`].
#[derive(Debug)]
pub struct News<'a> {
    scope: &'a Scope,
}

impl Tenant {
    /// What changed lately in the organization.
    pub fn news(&self) -> News<'_> {
        News { scope: &self.0 }
    }
}
