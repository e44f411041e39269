use super::Project;
use crate::{Cursor, StoreError, entities::project};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryOrder, Select,
    sea_query::{Expr, Func, SimpleExpr},
};
use std::fmt;
use uuid::Uuid;

/// The order of a list of projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProjectSort {
    /// The youngest first.
    #[default]
    Newest,
    /// What changed last first.
    Updated,
    /// By name, whatever its case; how other letters than ASCII's stand is the database's matter.
    Name,
}

/// The place after a project of a list in one order. Opaque: it can be written into a URL and read
/// back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectCursor {
    key: Key,
    id: Uuid,
}

/// What a list is ordered by before the id.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Newest,
    Updated(i64),
    Name(String),
}

impl ProjectCursor {
    /// The place after `last`.
    pub(super) fn after(last: &Project, sort: ProjectSort) -> Self {
        Self {
            key: match sort {
                ProjectSort::Newest => Key::Newest,
                ProjectSort::Updated => Key::Updated(last.updated_at),
                ProjectSort::Name => Key::Name(last.name.clone()),
            },
            id: last.id.0,
        }
    }

    /// The order of the list that it is a place in.
    #[must_use]
    pub fn sort(&self) -> ProjectSort {
        match self.key {
            Key::Newest => ProjectSort::Newest,
            Key::Updated(_) => ProjectSort::Updated,
            Key::Name(_) => ProjectSort::Name,
        }
    }

    /// The same place for a list of the newest.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor of another order.
    pub(super) fn newest(self) -> Result<Cursor, StoreError> {
        match self.key {
            Key::Newest => Ok(Cursor(self.id)),
            _ => Err(StoreError::InvalidCursor),
        }
    }

    /// Reads what [`Display`](fmt::Display) wrote.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for any other text.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        Self::read(text)
            // There is one way to write it. PostgreSQL's text can't hold the character that is none.
            .filter(|cursor| cursor.to_string() == text && !text.contains('\0'))
            .ok_or(StoreError::InvalidCursor)
    }

    fn read(text: &str) -> Option<Self> {
        let (id, key) = text.split_at_checked(32)?;
        let key = match key.split_at_checked(2) {
            None if key.is_empty() => Key::Newest,
            Some(("_u", at)) => Key::Updated(at.parse().ok()?),
            Some(("_n", name)) => Key::Name(name.to_owned()),
            _ => return None,
        };
        let id = Uuid::try_parse(id).ok()?;
        Some(Self { key, id })
    }

    /// What comes after it in an order other than by age, whose place is a [`Cursor`].
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor of another order.
    pub(super) fn beyond(self, sort: ProjectSort) -> Result<SimpleExpr, StoreError> {
        let Self { key, id } = self;
        let last_id = Expr::value(id);
        Ok(match (sort, key) {
            (ProjectSort::Updated, Key::Updated(at)) => {
                let row = [project::Column::UpdatedAt, project::Column::Id].map(|c| c.into_expr());
                Expr::tuple(row).lt(Expr::tuple([Expr::value(at), last_id]))
            }
            (ProjectSort::Name, Key::Name(name)) => {
                let row = [folded_name(), project::Column::Id.into_expr()];
                let last = Func::lower(Expr::value(name)).into();
                Expr::tuple(row).gt(Expr::tuple([last, last_id]))
            }
            _ => return Err(StoreError::InvalidCursor),
        })
    }
}

impl From<Cursor> for ProjectCursor {
    fn from(Cursor(id): Cursor) -> Self {
        Self {
            key: Key::Newest,
            id,
        }
    }
}

impl fmt::Display for ProjectCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.simple();
        match &self.key {
            Key::Newest => write!(f, "{id}"),
            Key::Updated(at) => write!(f, "{id}_u{at}"),
            Key::Name(name) => write!(f, "{id}_n{name}"),
        }
    }
}

/// The query in this order. Ids rise with time, so the primary key alone serves the first one.
pub(super) fn sorted(query: Select<project::Entity>, sort: ProjectSort) -> Select<project::Entity> {
    match sort {
        ProjectSort::Newest => query.order_by_desc(project::Column::Id),
        ProjectSort::Updated => query
            .order_by_desc(project::Column::UpdatedAt)
            .order_by_desc(project::Column::Id),
        ProjectSort::Name => query
            .order_by_asc(folded_name())
            .order_by_asc(project::Column::Id),
    }
}

fn folded_name() -> SimpleExpr {
    Func::lower(project::Column::Name.into_expr()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_a_url_and_nothing_else_is_one() {
        let id = Uuid::from_u128(7);
        for key in [
            Key::Newest,
            Key::Updated(1_790_000_000_000),
            Key::Updated(-1),
            Key::Name("Grün_u7 & \"x\"".to_owned()),
        ] {
            let cursor = ProjectCursor { key, id };
            assert_eq!(ProjectCursor::parse(&cursor.to_string()).unwrap(), cursor);
        }
        for text in [
            "",
            "7",
            "00000000-0000-0000-0000-000000000007",
            "0000000000000000000000000000000G",
            "00000000000000000000000000000007_",
            "00000000000000000000000000000007_u",
            "00000000000000000000000000000007_u+1",
            "00000000000000000000000000000007_x1",
            "00000000000000000000000000000007_na\0",
            "ü000000000000000000000000000000ü_n",
            "' OR 1=1 --",
        ] {
            assert!(
                matches!(ProjectCursor::parse(text), Err(StoreError::InvalidCursor)),
                "{text}"
            );
        }
    }
}
