//! The part of the list that is on the screen, as the address says it.

use leptos::prelude::*;
use store::{Cursor, ProjectFilter};

use crate::{forms::query_value, pages::app_home::projects_of, redirects};

/// Which organization, which filter, which page of the list.
#[derive(Clone, Debug)]
pub struct ViewState {
    /// The organization's slug.
    pub slug: String,
    /// Which projects.
    pub filter: ProjectFilter,
    /// The place in the list; none for the newest.
    pub after: Option<Cursor>,
}

impl ViewState {
    /// Reads the query of the page that is being rendered.
    pub fn of_request(slug: String) -> Self {
        Self::parse(
            slug,
            &query_value("show").unwrap_or_default(),
            &query_value("after").unwrap_or_default(),
        )
    }

    /// Reads what [`ViewState::hidden_fields`] wrote. What cannot be read is the first page of
    /// active projects.
    pub fn parse(slug: String, show: &str, after: &str) -> Self {
        Self {
            slug,
            filter: match show {
                ARCHIVED => ProjectFilter::Archived,
                _ => ProjectFilter::Active,
            },
            after: Cursor::parse(after).ok(),
        }
    }

    /// This view's own address.
    pub fn url(&self) -> String {
        self.url_with(&[])
    }

    /// The address of this view with more in its query.
    pub fn url_with(&self, more: &[(&str, &str)]) -> String {
        let after = self.after.map(|cursor| cursor.to_string());
        self.build(after.as_deref(), more)
    }

    /// The address of another place in the same list.
    pub fn at(&self, after: Option<&str>) -> String {
        self.build(after, &[])
    }

    /// The address of the first page of another filter.
    pub fn showing(&self, filter: ProjectFilter) -> String {
        Self {
            slug: self.slug.clone(),
            filter,
            after: None,
        }
        .url()
    }

    /// What brings a form back to this view.
    pub fn hidden_fields(&self) -> impl IntoView + use<> {
        let after = self
            .after
            .map(|cursor| cursor.to_string())
            .unwrap_or_default();
        view! {
            <input type="hidden" name="org" value=self.slug.clone()/>
            <input type="hidden" name="show" value=self.show()/>
            <input type="hidden" name="after" value=after/>
        }
        .into_any()
    }

    fn show(&self) -> &'static str {
        match self.filter {
            ProjectFilter::Active => "",
            ProjectFilter::Archived => ARCHIVED,
        }
    }

    fn build(&self, after: Option<&str>, more: &[(&str, &str)]) -> String {
        let own = [("show", self.show()), ("after", after.unwrap_or_default())];
        let pairs: Vec<_> = own
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .chain(more.iter().copied())
            .collect();
        redirects::with_query(&projects_of(&self.slug), &pairs)
    }
}

const ARCHIVED: &str = "archived";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_being_read_back() {
        let after = "0192f0c1a2b37c4d8e5f60718293a4b5";
        let state = ViewState::parse("acme".into(), "archived", after);
        assert_eq!(
            state.url_with(&[("delete", "x y")]),
            format!("/app/acme/projects?show=archived&after={after}&delete=x+y")
        );
        assert_eq!(state.at(None), "/app/acme/projects?show=archived");
        assert_eq!(state.showing(ProjectFilter::Active), "/app/acme/projects");
    }

    #[test]
    fn nonsense_is_the_first_page() {
        let state = ViewState::parse("a/b".into(), "everything", "' OR 1=1");
        assert_eq!(state.url(), "/app/a%2Fb/projects");
    }
}
