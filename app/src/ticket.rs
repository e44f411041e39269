//! What an invitation's link brings to the page that it leads to (Clerk: strategy `ticket`).

use crate::{forms::query_value, redirects};

const TICKET: &str = "__clerk_ticket";
const STATUS: &str = "__clerk_status";

/// A ticket that has to be used yet, by whoever has the page open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    ticket: String,
    /// Whether they have an account.
    account: bool,
}

impl Ticket {
    /// That of the page that is being rendered, unless Clerk says that it is used (`complete`).
    pub fn of_request() -> Option<Self> {
        Self::read(query_value(TICKET)?, query_value(STATUS).as_deref())
    }

    fn read(ticket: String, status: Option<&str>) -> Option<Self> {
        if ticket.is_empty() || status == Some("complete") {
            return None;
        }
        let account = status != Some("sign_up");
        Some(Self { ticket, account })
    }

    /// The page where it is used, which goes on to `then`, a path of our own. Clerk's component
    /// there reads the address.
    pub fn page(&self, then: &str) -> String {
        let page = if self.account { "/sign-in" } else { "/sign-up" };
        let mut pairs = vec![("redirect_url", then)];
        pairs.extend(self.pairs());
        redirects::with_query(page, &pairs)
    }

    /// As it stands in an address.
    pub fn pairs(&self) -> [(&'static str, &str); 2] {
        let status = if self.account { "sign_in" } else { "sign_up" };
        [(TICKET, &self.ticket), (STATUS, status)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ticket: &str, status: Option<&str>) -> Option<String> {
        let ticket = Ticket::read(ticket.to_owned(), status);
        ticket.map(|ticket| ticket.page("/invited/acme"))
    }

    #[test]
    fn it_is_used_where_people_sign_in_or_up() {
        assert_eq!(
            page("e.y.J&x", Some("sign_up")).unwrap(),
            "/sign-up?redirect_url=%2Finvited%2Facme&__clerk_ticket=e.y.J%26x&__clerk_status=sign_up"
        );
        for status in [Some("sign_in"), Some("//evil.test"), None] {
            assert_eq!(
                page("eyJ", status).unwrap(),
                "/sign-in?redirect_url=%2Finvited%2Facme&__clerk_ticket=eyJ&__clerk_status=sign_in"
            );
        }
        assert_eq!(page("eyJ", Some("complete")), None);
        assert_eq!(page("", Some("sign_up")), None);
    }
}
