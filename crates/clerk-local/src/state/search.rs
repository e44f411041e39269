//! Searching for a part of a text, and the order of lists.

use sea_orm::{
    ColumnTrait, EntityTrait,
    sea_query::{Expr, ExprTrait, LikeExpr, SimpleExpr},
};

/// `column LIKE %part%` with `part` taken literally.
pub(super) fn contains(column: impl ColumnTrait, part: &str) -> SimpleExpr {
    let literal = part
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    Expr::col(column).like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
}

/// The order in which a table's rows came into being, which decides between rows of one millisecond.
pub(super) fn inserted<E: EntityTrait>() -> SimpleExpr {
    // SQLite gives a new row a higher number than all others of its table have.
    Expr::col((E::default(), "rowid"))
}

/// What to search for; nothing but white space means no search.
pub(super) fn asked_part(query: Option<&str>) -> Option<&str> {
    query.map(str::trim).filter(|part| !part.is_empty())
}

/// The field of an `order_by` and whether it descends: `-name` does, `name` and `+name` do not.
pub(super) fn direction<'a>(order_by: Option<&'a str>, default: &'a str) -> (&'a str, bool) {
    let order_by = asked_part(order_by).unwrap_or(default);
    match order_by.strip_prefix('-') {
        Some(name) => (name, true),
        None => (order_by.trim_start_matches('+'), false),
    }
}
