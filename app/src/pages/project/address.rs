//! What of a project is on the screen, as the address says it: board or list, and which tasks.

use std::collections::BTreeMap;

use clerk::ids::UserId;
use store::{
    AssigneeFilter, COLUMN_LIMIT, COLUMN_SIZE, Day, DueFilter, LabelId, Member, ProjectId, Status,
    StatusFilter, TaskCursor, TaskFilter, TaskSort,
};

use crate::{forms::query_value, redirects};

/// The address of a project's board.
pub fn project_of(slug: &str, id: &str) -> String {
    let slug = redirects::segment(slug);
    format!("/app/{slug}/projects/{}", redirects::segment(id))
}

/// How many times as long a column gets when more of it is asked for.
const LONGER: u64 = 4;

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
    /// How many cards to show of the columns that are asked for more than others.
    pub sizes: BTreeMap<Status, u64>,
}

impl Address {
    /// Reads the query of the page that is being rendered. What cannot be read is left out.
    pub fn of_request(slug: String, project: ProjectId) -> Self {
        let value = |key: &str| query_value(key).unwrap_or_default();
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
            sizes: Self::sizes_of(value),
        }
    }

    /// The address of the project's page without a query: the board, and where filters are sent.
    pub fn path(&self) -> String {
        project_of(&self.slug, &self.project.to_string())
    }

    /// Somebody was looked for by name, and is the only one of it: their tasks are meant, unless
    /// somebody is chosen already.
    pub fn look_for(&mut self, only: Option<&Member>) {
        if let Some(member) = only.filter(|_| self.assignee.is_empty()) {
            self.assignee = member.user_id.to_string();
        }
    }

    /// The user whose tasks are asked for, if it is one that is named.
    pub fn user(&self) -> Option<UserId> {
        match self.assignee.as_str() {
            "" | "me" | "nobody" => None,
            user => Some(UserId::new(user)),
        }
    }

    fn sizes_of(value: impl Fn(&str) -> String) -> BTreeMap<Status, u64> {
        let asked = Status::ALL.into_iter().filter_map(|status| {
            let size: u64 = value(status.as_str()).parse().ok()?;
            Some((status, size.clamp(COLUMN_SIZE, COLUMN_LIMIT)))
        });
        asked.collect()
    }

    /// How many cards a column shows.
    pub fn size_of(&self, status: Status) -> u64 {
        self.sizes.get(&status).copied().unwrap_or(COLUMN_SIZE)
    }

    /// How many it shows when more are asked for.
    pub fn next_size(&self, status: Status) -> u64 {
        (self.size_of(status) * LONGER).min(COLUMN_LIMIT)
    }

    /// The board with more cards of one column, at the first that was not there before: `shown`
    /// were.
    pub fn with_more(&self, status: Status, shown: u64) -> String {
        let mut sizes = self.sizes.clone();
        sizes.insert(status, self.next_size(status));
        let pairs: Vec<_> = sizes
            .iter()
            .map(|(status, size)| (status.as_str(), size.to_string()))
            .collect();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(status, size)| (*status, size.as_str()))
            .collect();
        let board = redirects::with_query(&self.path(), &pairs);
        format!("{board}#{}-{shown}", status.as_str())
    }

    /// The list of all tasks of one column.
    pub fn list_of(&self, status: Status) -> String {
        redirects::with_query(
            &self.path(),
            &[("view", "list"), ("status", status.as_str())],
        )
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
            sizes: BTreeMap::new(),
        }
    }

    #[test]
    fn a_column_gets_longer_until_it_is_long_enough() {
        let sizes = Address::sizes_of(|key| match key {
            "todo" => "200".to_owned(),
            "done" => "9999999".to_owned(),
            "backlog" => "3".to_owned(),
            "canceled" => "-1".to_owned(),
            _ => String::new(),
        });
        let board = Address { sizes, ..address() };
        let all = Status::ALL.map(|status| board.size_of(status));
        assert_eq!(
            all,
            [COLUMN_SIZE, 200, COLUMN_SIZE, COLUMN_LIMIT, COLUMN_SIZE]
        );
        let query = "backlog=50&todo=800&done=1000#todo-200";
        assert_eq!(
            board.with_more(Status::Todo, 200),
            format!("{}?{query}", board.path())
        );
        assert_eq!(board.next_size(Status::Done), COLUMN_LIMIT);
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
