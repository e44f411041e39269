//! A project's task.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tasks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub number: i64,
    pub title: String,
    pub description: String,
    pub status: String,
    pub place: String,
    pub assignee_id: Option<String>,
    pub due_on: Option<String>,
    pub version: i64,
    pub place_version: i64,
    pub created_by: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub completed_at: Option<i64>,
    pub request_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::project::Entity",
        from = "(Column::OrganizationId, Column::ProjectId)",
        to = "(super::project::Column::OrganizationId, super::project::Column::Id)"
    )]
    Project,
}

impl ActiveModelBehavior for ActiveModel {}
