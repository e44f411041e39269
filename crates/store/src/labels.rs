//! An organization's labels, for all of its tasks.

mod colour;
mod read;
mod write;

pub use colour::Colour;
pub use read::Labels;
pub use write::{LABELS_LIMIT, LabelsMut};

use crate::{LabelId, Tenant, TenantMut};

/// A label of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Unique within the organization.
    pub id: LabelId,
    /// 1 to 40 characters. No other label has the same one, in capitals or not.
    pub name: String,
    /// What it is painted in.
    pub colour: Colour,
}

impl Tenant {
    /// The organization's labels, to read.
    pub fn labels(&self) -> Labels<'_> {
        Labels::new(&self.0)
    }
}

impl TenantMut {
    /// The organization's labels, to change.
    pub fn labels(&self) -> LabelsMut<'_> {
        LabelsMut::new(&self.0)
    }
}
