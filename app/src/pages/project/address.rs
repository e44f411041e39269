//! What of a project is on the screen, as the address says it: board or list, and which tasks.

use clerk::ids::UserId;
use store::{
    AssigneeFilter, Day, DueFilter, LabelId, ProjectId, Status, StatusFilter, TaskCursor,
    TaskFilter, TaskSort,
};

use crate::{forms::query_value, redirects};

/// The address of a project's board.
pub fn project_of(slug: &str, id: &str) -> String {
    let slug = redirects::segment(slug);
    format!("/app/{slug}/projects/{}", redirects::segment(id))
}

/// How a project is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Columns by status.
    Board,
    /// One list, filtered and sorted.
    List,
}

/// A project's page. The filters are kept as they stand in the address, so that a form shows
/// them again.
#[derive(Clone, Debug)]
pub struct Address {
    /// The organization's slug.
    pub slug: String,
    /// The project.
    pub project: ProjectId,
    /// How it is shown.
    pub view: View,
    /// `me`, `nobody` or a user's id; empty for anyone.
    pub assignee: String,
    /// A label's id; empty for any or none.
    pub label: String,
    /// A status or `all`; empty for what is open.
    pub status: String,
    /// `overdue`, `week` or `none`; empty for whenever.
    pub due: String,
    /// `updated` or `due`; empty for the newest first.
    pub sort: String,
    /// The place in the list; none for its beginning.
    pub after: Option<TaskCursor>,
}

impl Address {
    /// Reads the query of the page that is being rendered. What cannot be read is left out.
    pub fn of_request(slug: String, project: ProjectId) -> Self {
        let value = |key| query_value(key).unwrap_or_default();
        Self {
            slug,
            project,
            view: match value("view").as_str() {
                "list" => View::List,
                _ => View::Board,
            },
            assignee: value("assignee"),
            label: value("label"),
            status: value("status"),
            due: value("due"),
            sort: value("sort"),
            after: TaskCursor::parse(&value("after")).ok(),
        }
    }

    /// The address of the project's page without a query: the board, and where filters are sent.
    pub fn path(&self) -> String {
        project_of(&self.slug, &self.project.to_string())
    }

    /// The same list at another place.
    pub fn at(&self, after: Option<TaskCursor>) -> String {
        let after = after.map(|cursor| cursor.to_string()).unwrap_or_default();
        let pairs = [
            ("view", "list"),
            ("assignee", &self.assignee),
            ("label", &self.label),
            ("status", &self.status),
            ("due", &self.due),
            ("sort", &self.sort),
            ("after", &after),
        ];
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, v)| !v.is_empty()).collect();
        redirects::with_query(&self.path(), &pairs)
    }

    /// The list without any filter.
    pub fn list(&self) -> String {
        redirects::with_query(&self.path(), &[("view", "list")])
    }

    /// Whether the list shows less than all that is open.
    pub fn is_filtered(&self) -> bool {
        [&self.assignee, &self.label, &self.status, &self.due]
            .into_iter()
            .any(|part| !part.is_empty())
    }

    /// Which tasks, as of `today`.
    pub fn filter(&self, today: Day) -> TaskFilter {
        TaskFilter {
            project: Some(self.project),
            assignee: match self.assignee.as_str() {
                "" => AssigneeFilter::Anyone,
                "nobody" => AssigneeFilter::Nobody,
                "me" => AssigneeFilter::Me,
                user => AssigneeFilter::User(UserId::new(user)),
            },
            label: LabelId::parse(&self.label).ok(),
            status: match self.status.as_str() {
                "all" => StatusFilter::All,
                status => Status::parse(status).map_or(StatusFilter::Open, StatusFilter::Only),
            },
            due: match self.due.as_str() {
                "overdue" => Some(DueFilter::Overdue(today)),
                "week" => Some(DueFilter::Week(today)),
                "none" => Some(DueFilter::Unset),
                _ => None,
            },
        }
    }

    /// In which order.
    pub fn order(&self) -> TaskSort {
        match self.sort.as_str() {
            "updated" => TaskSort::Updated,
            "due" => TaskSort::Due,
            _ => TaskSort::Newest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5";

    fn address() -> Address {
        Address {
            slug: "a/b".into(),
            project: ProjectId::parse(PROJECT).unwrap(),
            view: View::List,
            assignee: String::new(),
            label: String::new(),
            status: String::new(),
            due: String::new(),
            sort: String::new(),
            after: None,
        }
    }

    #[test]
    fn only_what_is_set_stands_in_the_address() {
        let plain = address();
        let path = format!("/app/a%2Fb/projects/{PROJECT}");
        assert_eq!(plain.at(None), format!("{path}?view=list"));
        let filtered = Address {
            assignee: "me".into(),
            due: "week".into(),
            sort: "due".into(),
            ..plain.clone()
        };
        assert_eq!(
            filtered.at(None),
            format!("{path}?view=list&assignee=me&due=week&sort=due")
        );
        assert!(filtered.is_filtered() && !plain.is_filtered());
    }

    #[test]
    fn nonsense_filters_nothing() {
        let today = Day::of_ms(0);
        let odd = Address {
            label: "' OR 1=1".into(),
            status: "everything".into(),
            due: "soon".into(),
            sort: "random".into(),
            ..address()
        };
        assert_eq!(odd.filter(today), address().filter(today));
        assert_eq!(odd.order(), TaskSort::Newest);
    }

    #[test]
    fn each_filter_is_read() {
        let today = Day::of_ms(0);
        let filter = Address {
            assignee: "user_ada".into(),
            label: PROJECT.into(),
            status: "done".into(),
            due: "none".into(),
            ..address()
        }
        .filter(today);
        assert_eq!(
            filter.assignee,
            AssigneeFilter::User(UserId::new("user_ada"))
        );
        assert_eq!(filter.label, LabelId::parse(PROJECT).ok());
        assert_eq!(filter.status, StatusFilter::Only(Status::Done));
        assert_eq!(filter.due, Some(DueFilter::Unset));
    }
}
