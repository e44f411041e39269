//! The part of the list that is on the screen, as the address says it.

use leptos::prelude::*;
use store::{ProjectCursor, ProjectFilter, ProjectSort};

use crate::{forms::query_value, pages::app_home::projects_of, redirects};

/// Which organization, which filter, which order, which page of the list.
#[derive(Clone, Debug)]
pub struct ViewState {
    /// The organization's slug.
    pub slug: String,
    /// Which projects.
    pub filter: ProjectFilter,
    /// In which order.
    pub sort: ProjectSort,
    /// The place in the list; none for its beginning.
    pub after: Option<ProjectCursor>,
}

impl ViewState {
    /// Reads the query of the page that is being rendered.
    pub fn of_request(slug: String) -> Self {
        Self::parse(
            slug,
            &query_value("show").unwrap_or_default(),
            &query_value("sort").unwrap_or_default(),
            &query_value("after").unwrap_or_default(),
        )
    }

    /// Reads what [`ViewState::hidden_fields`] wrote. What cannot be read is the first page of
    /// active projects.
    pub fn parse(slug: String, show: &str, sort: &str, after: &str) -> Self {
        let sort = match sort {
            UPDATED => ProjectSort::Updated,
            NAME => ProjectSort::Name,
            _ => ProjectSort::Newest,
        };
        let after = ProjectCursor::parse(after).ok();
        Self {
            slug,
            filter: match show {
                ARCHIVED => ProjectFilter::Archived,
                ALL => ProjectFilter::All,
                _ => ProjectFilter::Active,
            },
            // A place in another order is none in this one.
            after: after.filter(|cursor| cursor.sort() == sort),
            sort,
        }
    }

    /// This view's own address.
    pub fn url(&self) -> String {
        self.url_with(&[])
    }

    /// The address of this view with more in its query.
    pub fn url_with(&self, more: &[(&str, &str)]) -> String {
        let after = self.after.as_ref().map(ToString::to_string);
        self.build(after.as_deref(), more)
    }

    /// The address of another place in the same list.
    pub fn at(&self, after: Option<&str>) -> String {
        self.build(after, &[])
    }

    /// The address of the first page of another filter.
    pub fn showing(&self, filter: ProjectFilter) -> String {
        Self {
            filter,
            after: None,
            ..self.clone()
        }
        .url()
    }

    /// The address of the first page in another order.
    pub fn sorted(&self, sort: ProjectSort) -> String {
        Self {
            sort,
            after: None,
            ..self.clone()
        }
        .url()
    }

    /// What brings a form back to this view.
    pub fn hidden_fields(&self) -> impl IntoView + use<> {
        let after = self
            .after
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        view! {
            <input type="hidden" name="org" value=self.slug.clone()/>
            <input type="hidden" name="show" value=self.show()/>
            <input type="hidden" name="sort" value=self.sort()/>
            <input type="hidden" name="after" value=after/>
        }
        .into_any()
    }

    fn show(&self) -> &'static str {
        match self.filter {
            ProjectFilter::Active => "",
            ProjectFilter::Archived => ARCHIVED,
            ProjectFilter::All => ALL,
        }
    }

    fn sort(&self) -> &'static str {
        match self.sort {
            ProjectSort::Newest => "",
            ProjectSort::Updated => UPDATED,
            ProjectSort::Name => NAME,
        }
    }

    fn build(&self, after: Option<&str>, more: &[(&str, &str)]) -> String {
        let own = [
            ("show", self.show()),
            ("sort", self.sort()),
            ("after", after.unwrap_or_default()),
        ];
        let pairs: Vec<_> = own
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .chain(more.iter().copied())
            .collect();
        redirects::with_query(&projects_of(&self.slug), &pairs)
    }
}

const ARCHIVED: &str = "archived";
const ALL: &str = "all";
const UPDATED: &str = "updated";
const NAME: &str = "name";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_being_read_back() {
        let after = "0192f0c1a2b37c4d8e5f60718293a4b5";
        let state = ViewState::parse("acme".into(), "archived", "", after);
        assert_eq!(
            state.url_with(&[("delete", "x y")]),
            format!("/app/acme/projects?show=archived&after={after}&delete=x+y")
        );
        assert_eq!(state.at(None), "/app/acme/projects?show=archived");
        assert_eq!(state.showing(ProjectFilter::Active), "/app/acme/projects");
        let by_name = state.sorted(ProjectSort::Name);
        assert_eq!(by_name, "/app/acme/projects?show=archived&sort=name");
        let state = ViewState::parse("acme".into(), "", "name", &format!("{after}_nA & b"));
        assert_eq!(
            state.showing(ProjectFilter::Archived),
            "/app/acme/projects?show=archived&sort=name"
        );
        assert!(state.url().ends_with("_nA+%26+b"), "{}", state.url());
    }

    #[test]
    fn nonsense_is_the_first_page() {
        let state = ViewState::parse("a/b".into(), "everything", "random", "' OR 1=1");
        assert_eq!(state.url(), "/app/a%2Fb/projects");
        let of_another_order = "0192f0c1a2b37c4d8e5f60718293a4b5_u7";
        let state = ViewState::parse("acme".into(), "all", "name", of_another_order);
        assert_eq!(state.url(), "/app/acme/projects?show=all&sort=name");
    }
}
