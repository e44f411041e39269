//! What can be read from an organization's tasks and audit log at large: counts by week
//! ([`weeks`]), and what deserves attention ([`attention`]).

mod attention;
mod weeks;

pub use attention::{Attention, QUIET_DAYS, Spot};
pub use weeks::{WEEKS_LIMIT, WeekCounts};

use crate::{Tenant, scope::Scope};

/// The organization's numbers. See [`Tenant`]. Each needs a number of queries that does not
/// depend on how many rows there are.
#[derive(Debug)]
pub struct Insights<'a> {
    scope: &'a Scope,
}

impl Tenant {
    /// The organization's numbers.
    pub fn insights(&self) -> Insights<'_> {
        Insights { scope: &self.0 }
    }
}
