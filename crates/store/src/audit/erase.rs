use crate::{StoreError, entities::audit_event, scope::Subject, worker::Worker};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Value, sea_query::Expr};

/// Blanks from where a person did what they did, in every organization. The entries stay, with
/// an id that means nobody once the user is gone, and their chain holds.
///
/// The worker acts for the user when it comes, and again afterwards.
pub(crate) async fn erase_origins(worker: &Worker, user: &str) -> Result<(), StoreError> {
    use audit_event::Column;
    let organizations: Vec<String> = audit_event::Entity::find()
        .select_only()
        .column(Column::OrganizationId)
        .distinct()
        .filter(Column::ActorId.eq(user))
        .into_tuple()
        .all(worker.transaction())
        .await?;
    for organization in &organizations {
        worker.act_for(Subject::organization(organization)).await?;
        audit_event::Entity::update_many()
            .col_expr(Column::Ip, Expr::value(Value::String(None)))
            .col_expr(Column::UserAgent, Expr::value(Value::String(None)))
            .col_expr(Column::OriginSalt, Expr::value(Value::Bytes(None)))
            .filter(Column::OrganizationId.eq(organization.as_str()))
            .filter(Column::ActorId.eq(user))
            .exec(worker.transaction())
            .await?;
    }
    worker.act_for(Subject::user(user)).await
}
