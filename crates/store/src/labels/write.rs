use super::{Colour, Label, read::own};
use crate::{
    Action, LabelId, LabelName, StoreError,
    audit::{self, Change, Difference},
    entities::label::{ActiveModel, Column, Entity},
    scope::Scope,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use serde_json::{Value, json};

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
        self.scope.require(Action::LabelManage)?;
        if own(self.scope).count(&self.scope.transaction).await? >= LABELS_LIMIT {
            return Err(StoreError::LimitReached { max: LABELS_LIMIT });
        }
        let now = self.now();
        let label = Label {
            id: LabelId(self.scope.inner.ids.next(now)),
            name: name.as_str().to_owned(),
            colour,
        };
        let inserted = Entity::insert(ActiveModel {
            organization_id: Set(self.scope.organization_id().to_owned()),
            id: Set(label.id.0),
            name: Set(label.name.clone()),
            folded: Set(folded(&name)),
            colour: Set(colour.as_str().to_owned()),
            created_at: Set(now),
        })
        .on_conflict(
            OnConflict::columns([Column::OrganizationId, Column::Folded])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&self.scope.transaction)
        .await?;
        if inserted == 0 {
            return Err(StoreError::NameTaken);
        }
        self.record(Change::LabelCreated, &label, None, Some(says(&label)))
            .await?;
        Ok(label)
    }

    /// Gives a label another name and colour.
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
        let old = self.find(id).await?;
        let new = Label {
            id,
            name: name.as_str().to_owned(),
            colour,
        };
        if new == old {
            return Ok(old);
        }
        let taken = own(self.scope)
            .filter(Column::Folded.eq(folded(&name)))
            .filter(Column::Id.ne(id.0))
            .count(&self.scope.transaction)
            .await?;
        if taken > 0 {
            return Err(StoreError::NameTaken);
        }
        Entity::update_many()
            .set(ActiveModel {
                name: Set(new.name.clone()),
                folded: Set(folded(&name)),
                colour: Set(colour.as_str().to_owned()),
                ..ActiveModel::default()
            })
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(id.0))
            .exec(&self.scope.transaction)
            .await?;
        let (before, after) = (says(&old), says(&new));
        self.record(Change::LabelChanged, &new, Some(before), Some(after))
            .await?;
        Ok(new)
    }

    /// Deletes a label and takes it from all tasks that have it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete(&self, id: LabelId) -> Result<Label, StoreError> {
        let label = self.find(id).await?;
        Entity::delete_many()
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(id.0))
            .exec(&self.scope.transaction)
            .await?;
        self.record(Change::LabelDeleted, &label, Some(says(&label)), None)
            .await?;
        Ok(label)
    }

    /// The label that somebody who may change labels means to, locked.
    async fn find(&self, id: LabelId) -> Result<Label, StoreError> {
        self.scope.require(Action::LabelManage)?;
        let row = own(self.scope)
            .filter(Column::Id.eq(id.0))
            .lock_exclusive()
            .one(&self.scope.transaction)
            .await?
            .ok_or(StoreError::NotFound)?;
        Ok(row.try_into()?)
    }

    async fn record(
        &self,
        change: Change,
        label: &Label,
        before: Option<Value>,
        after: Option<Value>,
    ) -> Result<(), StoreError> {
        let difference = Difference { before, after };
        audit::record(self.scope, change, label.id, self.now(), difference).await
    }

    fn now(&self) -> i64 {
        self.scope.inner.clock.now_ms()
    }
}

/// The name by which no two labels of an organization go.
fn folded(name: &LabelName) -> String {
    name.as_str().to_lowercase()
}

fn says(label: &Label) -> Value {
    json!({ "name": label.name, "colour": label.colour.as_str() })
}
