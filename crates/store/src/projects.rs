mod page;
mod read;
mod sort;
mod write;

pub use read::Projects;
pub use sort::{ProjectCursor, ProjectSort};
pub use write::ProjectsMut;

use crate::{ProjectId, ProjectName, entities::project};
use clerk::ids::UserId;
use sea_orm::{ColumnTrait as _, Condition};
use uuid::Uuid;

/// A project of an organization. Times are unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Unique within the organization.
    pub id: ProjectId,
    /// 1 to 100 characters.
    pub name: String,
    /// Who created it. He may have left since.
    pub created_by: UserId,
    /// When it was created.
    pub created_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// When it was archived, if it is.
    pub archived_at: Option<i64>,
}

/// What a project is created from.
#[derive(Debug, Clone)]
pub struct NewProject {
    /// The name.
    pub name: ProjectName,
    /// The id of the form it was sent with. The same form sent again makes no second project.
    pub request_id: Option<Uuid>,
}

/// Which projects a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProjectFilter {
    /// Those in use.
    #[default]
    Active,
    /// Those put away.
    Archived,
    /// Both.
    All,
}

impl ProjectFilter {
    /// Each.
    pub const ALL: [Self; 3] = [Self::Active, Self::Archived, Self::All];

    fn condition(self) -> Condition {
        let archived_at = project::Column::ArchivedAt;
        match self {
            Self::Active => Condition::all().add(archived_at.is_null()),
            Self::Archived => Condition::all().add(archived_at.is_not_null()),
            Self::All => Condition::all(),
        }
    }
}

/// What a [`Project`] is read from, by place: to look each column up by its name costs more
/// than to read it.
type Row = (Uuid, String, String, i64, i64, Option<i64>);

/// The columns of a [`Row`].
const COLUMNS: [project::Column; 6] = [
    project::Column::Id,
    project::Column::Name,
    project::Column::CreatedBy,
    project::Column::CreatedAt,
    project::Column::UpdatedAt,
    project::Column::ArchivedAt,
];

impl From<Row> for Project {
    fn from((id, name, created_by, created_at, updated_at, archived_at): Row) -> Self {
        Self {
            id: ProjectId(id),
            name,
            created_by: UserId::new(created_by),
            created_at,
            updated_at,
            archived_at,
        }
    }
}
