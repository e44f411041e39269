//! The pages of an organization, as far as it matters to others who has which one open.

use store::{ProjectId, TaskId};

/// Which page of an organization somebody has open, as far as it matters to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Place {
    /// Any page that shows neither others nor what they change.
    #[default]
    Elsewhere,
    /// The overview, which shows everybody.
    Overview,
    /// The list of projects.
    Projects,
    /// What one has to do.
    MyTasks,
    /// The members.
    Members,
    /// A project's board or list.
    Project(ProjectId),
    /// A task.
    Task(TaskId),
}

impl Place {
    /// As it stands in the page and in the stream's address: `project.0193…`.
    pub fn key(self) -> String {
        match self {
            Self::Elsewhere => String::new(),
            Self::Overview => "overview".to_owned(),
            Self::Projects => "projects".to_owned(),
            Self::MyTasks => "my-tasks".to_owned(),
            Self::Members => "members".to_owned(),
            Self::Project(id) => format!("project.{id}"),
            Self::Task(id) => format!("task.{id}"),
        }
    }

    /// Reads [`Self::key`]; anything else is [`Self::Elsewhere`]. Nothing is looked up: whether
    /// there is such a project makes no difference.
    pub fn parse(key: &str) -> Self {
        match key.split_once('.') {
            Some(("project", id)) => ProjectId::parse(id).map(Self::Project).unwrap_or_default(),
            Some(("task", id)) => TaskId::parse(id).map(Self::Task).unwrap_or_default(),
            _ => [Self::Overview, Self::Projects, Self::MyTasks, Self::Members]
                .into_iter()
                .find(|place| place.key() == key)
                .unwrap_or_default(),
        }
    }

    /// Which kinds of things, when one is changed, concern the page: the audit log's target kinds.
    pub fn concerns(self) -> &'static str {
        match self {
            Self::Elsewhere => "",
            Self::Overview => "organization project task user",
            Self::Projects => "project task",
            Self::MyTasks => "project task label user",
            Self::Members => "user role invitation",
            Self::Project(_) | Self::Task(_) => "project task label user",
        }
    }

    /// Whether the page shows who else is there.
    pub fn shows_people(self) -> bool {
        matches!(self, Self::Overview | Self::Project(_) | Self::Task(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        let id = "01934f3e-7a10-7000-8000-000000000001";
        let (project, task) = (ProjectId::parse(id).unwrap(), TaskId::parse(id).unwrap());
        for place in [
            Place::Elsewhere,
            Place::Overview,
            Place::Projects,
            Place::MyTasks,
            Place::Members,
            Place::Project(project),
            Place::Task(task),
        ] {
            assert_eq!(Place::parse(&place.key()), place);
        }
        for odd in ["?", "task.", "project.x", "overview.1", "\0"] {
            assert_eq!(Place::parse(odd), Place::Elsewhere, "{odd}");
        }
    }
}
