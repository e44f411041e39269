//! What somebody said about a task.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub task_id: Uuid,
    pub body: String,
    pub version: i64,
    pub created_by: String,
    pub created_at: i64,
    pub edited_at: Option<i64>,
    pub request_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::task::Entity",
        from = "(Column::OrganizationId, Column::TaskId)",
        to = "(super::task::Column::OrganizationId, super::task::Column::Id)"
    )]
    Task,
}

impl ActiveModelBehavior for ActiveModel {}
