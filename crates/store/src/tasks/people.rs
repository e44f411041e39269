use super::Tasks;
use crate::{
    Action, StoreError,
    entities::{membership, user},
};
use clerk::ids::UserId;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use std::collections::{BTreeSet, HashMap};

/// Somebody who is named in a task, as the local rows have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub user_id: UserId,
    /// Given and family name, as far as known; may be empty.
    pub name: String,
    /// The main email address, if known.
    pub email: Option<String>,
    /// Their picture, if known.
    pub image_url: Option<String>,
}

impl Tasks<'_> {
    /// Who these people are. Who is not a member (any more) is not in it.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn people(
        &self,
        ids: impl IntoIterator<Item = UserId>,
    ) -> Result<HashMap<UserId, Person>, StoreError> {
        self.scope.require(Action::TaskRead)?;
        let ids: BTreeSet<String> = ids.into_iter().map(|id| id.as_str().to_owned()).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = membership::Entity::find()
            .select_only()
            .column(membership::Column::UserId)
            .columns([
                user::Column::FirstName,
                user::Column::LastName,
                user::Column::Email,
                user::Column::ImageUrl,
            ])
            .join(JoinType::InnerJoin, membership::Relation::User.def())
            .filter(membership::Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(membership::Column::UserId.is_in(ids))
            .into_model::<Row>()
            .all(&self.scope.transaction)
            .await?;
        let people = rows.into_iter().map(Person::from);
        Ok(people
            .map(|person| (person.user_id.clone(), person))
            .collect())
    }
}

#[derive(FromQueryResult)]
struct Row {
    user_id: String,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    image_url: Option<String>,
}

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        let names: Vec<String> = [row.first_name, row.last_name]
            .into_iter()
            .flatten()
            .collect();
        Self {
            user_id: UserId::new(row.user_id),
            name: names.join(" "),
            email: row.email,
            image_url: row.image_url,
        }
    }
}
