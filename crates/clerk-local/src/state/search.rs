//! Searching for a part of a text.

use sea_orm::{
    ColumnTrait,
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

/// What to search for; nothing but white space means no search.
pub(super) fn asked_part(query: Option<&str>) -> Option<&str> {
    query.map(str::trim).filter(|part| !part.is_empty())
}
