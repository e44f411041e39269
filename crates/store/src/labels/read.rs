use super::{Colour, Label};
use crate::{
    Action, LabelId, StoreError,
    entities::label::{Column, Entity, Model},
    scope::Scope,
    tasks::unreadable,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};

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
        self.scope.require(Action::TaskRead)?;
        let rows = own(self.scope)
            .order_by_asc(Column::Folded)
            .all(&self.scope.transaction)
            .await?;
        let labels: Result<_, DbErr> = rows.into_iter().map(Label::try_from).collect();
        Ok(labels?)
    }
}

/// The organization's labels.
pub(super) fn own(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(Column::OrganizationId.eq(scope.organization_id()))
}

impl TryFrom<Model> for Label {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            id: LabelId(row.id),
            name: row.name,
            colour: Colour::parse(&row.colour).ok_or_else(|| unreadable("colour"))?,
        })
    }
}
