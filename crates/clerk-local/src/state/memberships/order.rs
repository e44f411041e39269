//! The order of lists of memberships: also by what belongs to the person.

use sea_orm::{EntityTrait, JoinType, Order, QueryOrder, QuerySelect, RelationDef, Select};

use super::{email_address, entity, user};
use crate::state::search::{direction, inserted};

/// Orders by `created_at`, `first_name`, `last_name` or `email_address`; everything else counts as
/// `created_at`. Who joined first decides between equal ones.
pub(super) fn ordered(
    select: Select<entity::Entity>,
    order_by: Option<&str>,
) -> Select<entity::Entity> {
    let (name, descending) = direction(order_by, "created_at");
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = match name {
        "first_name" => with_person(select).order_by(user::Column::FirstName, order.clone()),
        "last_name" => with_person(select).order_by(user::Column::LastName, order.clone()),
        "email_address" => with_person(select)
            .join(JoinType::LeftJoin, primary_email())
            .order_by(email_address::Column::LookupKey, order.clone()),
        _ => select.order_by(entity::Column::CreatedAt, order.clone()),
    };
    select.order_by(inserted::<entity::Entity>(), order)
}

fn with_person(select: Select<entity::Entity>) -> Select<entity::Entity> {
    let person: RelationDef = entity::Entity::belongs_to(user::Entity)
        .from(entity::Column::UserId)
        .to(user::Column::Id)
        .into();
    select.join(JoinType::InnerJoin, person)
}

fn primary_email() -> RelationDef {
    user::Entity::belongs_to(email_address::Entity)
        .from(user::Column::PrimaryEmailAddressId)
        .to(email_address::Column::Id)
        .into()
}
