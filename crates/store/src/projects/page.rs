//! The statement that reads a page of projects.
//!
//! It is what people wait for most, so its text is not rendered again each time: that takes
//! about as long as a tenth of the database's own work.

use super::{ProjectFilter, read::own};
use crate::{Cursor, PAGE_SIZE, entities::project};
use sea_orm::{
    ColumnTrait, DbBackend, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Statement,
    Value,
};
use std::sync::LazyLock;
use uuid::Uuid;

/// What reads a page, and one project more.
pub(super) fn statement(
    backend: DbBackend,
    filter: ProjectFilter,
    organization: &str,
    after: Option<Cursor>,
) -> Statement {
    let shape = Shape {
        backend,
        filter,
        continued: after.is_some(),
    };
    match TEXTS.iter().find(|(of, _)| *of == shape) {
        Some((_, text)) => {
            Statement::from_sql_and_values(backend, text, values(organization, after))
        }
        None => query(filter, organization, after).build(backend),
    }
}

/// What the text depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    backend: DbBackend,
    filter: ProjectFilter,
    continued: bool,
}

impl Shape {
    fn all() -> impl Iterator<Item = Self> {
        let backends = [DbBackend::Sqlite, DbBackend::Postgres];
        backends.into_iter().flat_map(|backend| {
            ProjectFilter::ALL.into_iter().flat_map(move |filter| {
                [false, true].map(|continued| Self {
                    backend,
                    filter,
                    continued,
                })
            })
        })
    }
}

static TEXTS: LazyLock<Vec<(Shape, String)>> = LazyLock::new(|| {
    let text = |shape: Shape| {
        let after = shape.continued.then_some(Cursor(Uuid::nil()));
        query(shape.filter, "", after).build(shape.backend).sql
    };
    Shape::all().map(|shape| (shape, text(shape))).collect()
});

/// Ids rise with time, so the primary key serves the order and the keyset.
fn query(
    filter: ProjectFilter,
    organization: &str,
    after: Option<Cursor>,
) -> Select<project::Entity> {
    let mut query = own(organization)
        .filter(filter.condition())
        .order_by_desc(project::Column::Id)
        .limit(PAGE_SIZE + 1);
    if let Some(Cursor(id)) = after {
        query = query.filter(project::Column::Id.lt(id));
    }
    query
}

/// What is bound to the text's places, in their order.
fn values(organization: &str, after: Option<Cursor>) -> Vec<Value> {
    let mut values = vec![organization.into()];
    values.extend(after.map(|Cursor(id)| Value::from(id)));
    values.push((PAGE_SIZE + 1).into());
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_text_is_what_would_be_rendered() {
        for shape in Shape::all() {
            assert!(TEXTS.iter().any(|(of, _)| *of == shape), "{shape:?}");
            let after = shape.continued.then(|| Cursor(Uuid::now_v7()));
            assert_eq!(
                statement(shape.backend, shape.filter, "org_7", after),
                query(shape.filter, "org_7", after).build(shape.backend),
            );
        }
    }
}
