mod read;
mod write;

pub use read::Projects;
pub use write::ProjectsMut;

use crate::{ProjectId, ProjectName, entities::project};
use clerk::ids::UserId;
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
}

impl From<project::Model> for Project {
    fn from(row: project::Model) -> Self {
        Self {
            id: ProjectId(row.id),
            name: row.name,
            created_by: UserId::new(row.created_by),
            created_at: row.created_at,
            updated_at: row.updated_at,
            archived_at: row.archived_at,
        }
    }
}
