//! The order of people in a list, and the place after one of them.

use sea_orm::{
    ColumnTrait, EntityTrait, Order, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};

use super::{email_address, entity};
use crate::state::search::inserted;

/// A key to order by; who was made first decides between equal ones.
pub(super) struct UserOrder {
    key: Key,
    descending: bool,
}

#[derive(Clone, Copy)]
enum Key {
    Number(entity::Column),
    Text(entity::Column),
    EmailAddress,
}

/// Reads `-created_at` and the like; unknown fields order as none does.
pub(super) fn of(order_by: Option<&str>) -> UserOrder {
    let order_by = order_by.unwrap_or("-created_at");
    let (name, descending) = match order_by.strip_prefix('-') {
        Some(name) => (name, true),
        None => (order_by.trim_start_matches(['+', ' ']), false),
    };
    let key = match name {
        "updated_at" => Key::Number(entity::Column::UpdatedAt),
        "last_active_at" => Key::Number(entity::Column::LastActiveAt),
        "last_sign_in_at" => Key::Number(entity::Column::LastSignInAt),
        "first_name" => Key::Text(entity::Column::FirstName),
        "last_name" => Key::Text(entity::Column::LastName),
        "email_address" => Key::EmailAddress,
        _ => Key::Number(entity::Column::CreatedAt),
    };
    UserOrder { key, descending }
}

impl UserOrder {
    pub(super) fn direction(&self) -> Order {
        match self.descending {
            true => Order::Desc,
            false => Order::Asc,
        }
    }

    /// The key; who has none comes first in ascending order, as SQLite puts it.
    pub(super) fn key(&self) -> SimpleExpr {
        match self.key {
            Key::Number(column) => {
                Func::coalesce([Expr::col((entity::Entity, column)), Expr::val(-1)]).into()
            }
            Key::Text(column) => {
                Func::coalesce([Expr::col((entity::Entity, column)), Expr::val("")]).into()
            }
            Key::EmailAddress => {
                let address = email_address::Entity::find()
                    .select_only()
                    .column(email_address::Column::LookupKey)
                    .filter(
                        Expr::col((email_address::Entity, email_address::Column::Id))
                            .equals((entity::Entity, entity::Column::PrimaryEmailAddressId)),
                    )
                    .into_query();
                Func::coalesce([
                    SimpleExpr::SubQuery(None, Box::new(address.into())),
                    Expr::val(""),
                ])
                .into()
            }
        }
    }

    /// Who comes after a person in this order.
    pub(super) fn after(&self, id: &str) -> SimpleExpr {
        let of_that_person = |what: SimpleExpr| {
            let query = entity::Entity::find()
                .select_only()
                .expr(what)
                .filter(entity::Column::Id.eq(id))
                .into_query();
            SimpleExpr::SubQuery(None, Box::new(query.into()))
        };
        let place = of_that_person(self.key());
        let made = of_that_person(inserted::<entity::Entity>());
        let same = self.key().eq(place.clone());
        let row = inserted::<entity::Entity>();
        match self.descending {
            true => self.key().lt(place).or(same.and(row.lt(made))),
            false => self.key().gt(place).or(same.and(row.gt(made))),
        }
    }
}
