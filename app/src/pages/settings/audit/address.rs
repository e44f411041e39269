//! What of the log is shown, as the address says it.

use clerk::ids::UserId;
use store::{AuditActor, AuditFilter, Day, Member};
use url::form_urlencoded;

use super::audit_of;
use crate::{forms::query_value, redirects};

/// Milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// The actor that is no person.
pub const SYSTEM: &str = "system";

/// The filter as it is typed, and the place in the list. What can't be read filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The organization's slug.
    pub slug: String,
    /// A user's id, or [`SYSTEM`].
    pub actor: String,
    /// What was done.
    pub action: String,
    /// The first day, `2026-11-22`.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The number before which the page begins; none for the newest.
    pub before: Option<i64>,
}

impl Address {
    /// Reads the query of the page that is being rendered.
    pub fn of_request(slug: String) -> Self {
        Self::of(slug, |key| query_value(key).unwrap_or_default())
    }

    /// Reads a query.
    pub fn parse(slug: String, query: &str) -> Self {
        Self::of(slug, |key| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            let found = pairs.find(|(name, _)| name == key);
            found
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        })
    }

    fn of(slug: String, value: impl Fn(&str) -> String) -> Self {
        Self {
            slug,
            actor: value("actor"),
            action: value("action"),
            from: value("from"),
            to: value("to"),
            before: value("before").parse().ok(),
        }
    }

    /// The filter, in days of UTC.
    pub fn filter(&self) -> AuditFilter {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let begin = |text: &str| Day::parse(text).map(Day::begins_at);
        AuditFilter {
            actor: given(&self.actor).map(|actor| match actor.as_str() {
                SYSTEM => AuditActor::System,
                _ => AuditActor::Person(UserId::new(actor)),
            }),
            action: given(&self.action),
            from: begin(&self.from),
            until: begin(&self.to).map(|begin| begin + DAY),
        }
    }

    /// Somebody was looked for by name, and is the only one of it: their entries are meant, unless
    /// somebody is chosen already.
    pub fn look_for(&mut self, only: Option<&Member>) {
        if let Some(member) = only.filter(|_| self.actor.is_empty()) {
            self.actor = member.user_id.to_string();
        }
    }

    /// The person whose entries are asked for.
    pub fn user(&self) -> Option<UserId> {
        let named = !self.actor.is_empty() && self.actor != SYSTEM;
        named.then(|| UserId::new(self.actor.as_str()))
    }

    /// Whether all entries are shown.
    pub fn is_unfiltered(&self) -> bool {
        self.filter() == AuditFilter::default()
    }

    /// The address of another page of the same list.
    pub fn at(&self, before: Option<i64>) -> String {
        let before = before.map(|number| number.to_string());
        let mut pairs = self.pairs();
        pairs.extend(before.as_deref().map(|number| ("before", number)));
        redirects::with_query(&audit_of(&self.slug), &pairs)
    }

    /// The filter as a query, without the place in the list.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("actor", self.actor.as_str()),
            ("action", self.action.as_str()),
            ("from", self.from.as_str()),
            ("to", self.to.as_str()),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_back_from_its_address() {
        let query = "actor=user_ada&action=task.moved&from=2026-11-21&to=2026-11-21&before=7";
        let address = Address::parse("acme".into(), query);
        let filter = address.filter();
        assert_eq!(
            filter.actor,
            Some(AuditActor::Person(UserId::new("user_ada")))
        );
        assert_eq!(filter.until.unwrap() - filter.from.unwrap(), DAY);
        assert_eq!(
            address.at(Some(7)),
            format!("/app/acme/settings/audit?{query}")
        );
        assert_eq!(
            Address::parse("acme".into(), "actor=system").filter().actor,
            Some(AuditActor::System)
        );
    }

    #[test]
    fn what_is_no_filter_filters_nothing() {
        let address = Address::parse("a/b".into(), "actor=&from=yesterday&to=2026-02-30&before=x");
        assert!(address.is_unfiltered());
        assert_eq!(address.before, None);
    }
}
