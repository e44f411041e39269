//! The part of the list that is on the screen, as the address says it.

use clerk::ids::UserId;
use leptos::prelude::*;
use store::MemberFilter;
use url::form_urlencoded;

use super::members_of;
use crate::{forms::query_value, redirects};

/// The search's parameter in the query.
pub const SEARCH: &str = "q";
/// The role's.
pub const ROLE: &str = "only";
const AFTER: &str = "after";

/// Which organization, which members, which page of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    /// The organization's slug.
    pub slug: String,
    /// Which members.
    pub filter: MemberFilter,
    /// After whom the page begins; none for the first.
    pub after: Option<UserId>,
}

impl ViewState {
    /// Reads the query of the page that is being rendered.
    pub fn of_request(slug: String) -> Self {
        Self::of(slug, |key| query_value(key).unwrap_or_default())
    }

    /// Reads what [`ViewState::field`] wrote. What cannot be read is the first page of all members.
    pub fn parse(slug: String, view: &str) -> Self {
        let value = |key: &str| {
            let mut pairs = form_urlencoded::parse(view.as_bytes());
            let found = pairs.find(|(name, _)| name == key);
            found
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        Self::of(slug, value)
    }

    fn of(slug: String, value: impl Fn(&str) -> String) -> Self {
        let present = |key| Some(value(key)).filter(|value| !value.is_empty());
        Self {
            slug,
            filter: MemberFilter {
                search: value(SEARCH).trim().to_owned(),
                role: present(ROLE),
            },
            after: present(AFTER).map(UserId::new),
        }
    }

    /// Whether all members are listed.
    pub fn is_unfiltered(&self) -> bool {
        self.filter == MemberFilter::default()
    }

    /// This view's own address.
    pub fn url(&self) -> String {
        self.url_with(&[])
    }

    /// The address of this view with more in its query.
    pub fn url_with(&self, more: &[(&str, &str)]) -> String {
        let pairs: Vec<_> = self
            .pairs()
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        redirects::with_query(&members_of(&self.slug), &pairs)
    }

    /// The address of another page of the same list.
    pub fn at(&self, after: Option<UserId>) -> String {
        Self {
            after,
            ..self.clone()
        }
        .url()
    }

    /// What brings a form back to this view.
    pub fn field(&self) -> impl IntoView + use<> {
        let view: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish();
        view! { <input type="hidden" name="view" value=view/> }.into_any()
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        let own = [
            (SEARCH, self.filter.search.as_str()),
            (ROLE, self.filter.role.as_deref().unwrap_or_default()),
            (AFTER, self.after.as_ref().map_or("", UserId::as_str)),
        ];
        own.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_being_read_back() {
        let state = ViewState::parse("acme".into(), "q=ada+%26&only=org%3Aadmin&after=user_1");
        assert_eq!(state.filter.search, "ada &");
        assert_eq!(
            state.url_with(&[("remove", "user_2")]),
            "/app/acme/members?q=ada+%26&only=org%3Aadmin&after=user_1&remove=user_2"
        );
        assert_eq!(
            state.at(None),
            "/app/acme/members?q=ada+%26&only=org%3Aadmin"
        );
        let everybody = ViewState::parse("a/b".into(), "q=+&only=&x=1&&");
        assert!(everybody.is_unfiltered());
        assert_eq!(everybody.url(), "/app/a%2Fb/members");
    }
}
