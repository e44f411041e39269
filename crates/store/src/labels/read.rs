use super::Label;
use crate::{StoreError, scope::Scope};

/// The labels of the organization entered, to read. See [`Tenant`](crate::Tenant).
#[derive(Debug)]
pub struct Labels<'a> {
    scope: &'a Scope,
}

impl<'a> Labels<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope }
    }

    /// All labels, by name.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn list(&self) -> Result<Vec<Label>, StoreError> {
        let _ = self.scope;
        todo!()
    }
}
