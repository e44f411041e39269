use super::{Colour, Label};
use crate::{LabelId, LabelName, StoreError, scope::Scope};

/// The most labels that one organization has.
pub const LABELS_LIMIT: u64 = 200;

/// The labels of the organization entered, to change. See [`TenantMut`](crate::TenantMut). Each
/// change adds one audit row; asking for what is already so changes nothing and adds none.
#[derive(Debug)]
pub struct LabelsMut<'a> {
    scope: &'a Scope,
}

impl<'a> LabelsMut<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope }
    }

    /// Makes a label.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::LimitReached`] at [`LABELS_LIMIT`];
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn create(&self, name: LabelName, colour: Colour) -> Result<Label, StoreError> {
        let _ = (self.scope, name, colour);
        todo!()
    }

    /// Gives a label another name or colour.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`]; [`StoreError::NotFound`] (foreign or missing),
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn change(
        &self,
        id: LabelId,
        name: LabelName,
        colour: Colour,
    ) -> Result<Label, StoreError> {
        let _ = (id, name, colour);
        todo!()
    }

    /// Deletes a label and takes it from all tasks that have it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete(&self, id: LabelId) -> Result<Label, StoreError> {
        let _ = id;
        todo!()
    }
}
