//! Addresses that belong to an organization.

use url::Url;

use super::{Authenticator, Reason, RequestState, Status, request::Incoming};
use crate::{
    claims::SessionStatus,
    pattern::{PathPattern, PatternError},
    session::Session,
};

/// After so many handshakes in a row the person is taken not to be a member.
const MAX_ATTEMPTS: i64 = 3;

/// Which paths belong to an organization and which to the personal account (Clerk:
/// `organizationSyncOptions`): who opens one of them has it made the active one first.
#[derive(Debug, Clone)]
pub struct OrganizationSync {
    organization: Vec<PathPattern>,
    personal: Vec<PathPattern>,
}

/// What must be active at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Id(String),
    Slug(String),
    Personal,
}

impl OrganizationSync {
    /// Reads patterns as [`PathPattern`] does, such as `/orgs/:slug/(.*)`. Those for
    /// organizations name one by its `:id` or `:slug` and come first; of each kind the first
    /// that matches counts. An empty list matches nothing.
    ///
    /// # Errors
    /// The first pattern that cannot be read.
    pub fn new(
        organization_patterns: impl IntoIterator<Item = impl AsRef<str>>,
        personal_account_patterns: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, PatternError> {
        Ok(Self {
            organization: parse_all(organization_patterns)?,
            personal: parse_all(personal_account_patterns)?,
        })
    }

    fn target(&self, path: &str) -> Option<Target> {
        let params = self.organization.iter().find_map(|p| p.matches(path));
        let named = params.and_then(|params| {
            let param = |name| params.get(name).filter(|value| !value.is_empty());
            let id = param("id").map(|id| Target::Id(id.to_owned()));
            id.or_else(|| param("slug").map(|slug| Target::Slug(slug.to_owned())))
        });
        named.or_else(|| {
            let personal = self.personal.iter().any(|p| p.matches(path).is_some());
            personal.then_some(Target::Personal)
        })
    }
}

impl Target {
    fn is_active_in(&self, session: &Session) -> bool {
        let active = session.organization();
        match self {
            Self::Id(id) => active.is_some_and(|active| active.id.as_str() == id),
            Self::Slug(slug) => active.is_some_and(|active| active.slug.as_ref() == Some(slug)),
            Self::Personal => active.is_none(),
        }
    }
}

impl Authenticator {
    /// The handshake that makes the address's organization the active one, if another is.
    pub(super) fn sync_organization(
        &self,
        incoming: &Incoming<'_>,
        session: &Session,
    ) -> Option<RequestState> {
        let sync = self.0.options.organization_sync.as_ref()?;
        if session.claims().status == SessionStatus::Pending {
            // Nobody is signed in for whom it could be done.
            return None;
        }
        let own = incoming.public_url(&self.0.options);
        let target = sync.target(own.path())?;
        if target.is_active_in(session) {
            return None;
        }
        if incoming.redirect_count >= MAX_ATTEMPTS {
            tracing::warn!(
                "no handshake activates the organization of an address; is its id or slug right?"
            );
            return None;
        }
        let reason = Reason::ActiveOrganizationMismatch;
        let state = self.handshake_or_signed_out(incoming, reason, String::new());
        (state.status() == Status::Handshake).then_some(state)
    }

    /// What a handshake from `own` shall make the active organization, as the frontend API
    /// takes it: an id, a slug, or nothing for the personal account.
    pub(super) fn organization_of(&self, own: &Url) -> Option<String> {
        let sync = self.0.options.organization_sync.as_ref()?;
        Some(match sync.target(own.path())? {
            Target::Id(name) | Target::Slug(name) => name,
            Target::Personal => String::new(),
        })
    }
}

fn parse_all(
    patterns: impl IntoIterator<Item = impl AsRef<str>>,
) -> Result<Vec<PathPattern>, PatternError> {
    let patterns = patterns.into_iter();
    patterns.map(|p| PathPattern::parse(p.as_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organizations_come_before_the_personal_account() {
        let sync = OrganizationSync::new(
            ["/o/:id", "/o/:slug/(.*)", "/nameless", "/s/:slug(.*)"],
            ["/me", "/me/(.*)", "/o/(.*)", "/nameless", "/s/"],
        );
        let sync = sync.unwrap();
        let id = |id: &str| Some(Target::Id(id.to_owned()));
        let slug = |slug: &str| Some(Target::Slug(slug.to_owned()));
        for (path, target) in [
            ("/o/org_1", id("org_1")),
            ("/o/acme/x", slug("acme")),
            ("/o/a%20b/x", slug("a%20b")),
            ("/me", Some(Target::Personal)),
            ("/me/x/y", Some(Target::Personal)),
            // Patterns for organizations that name none say nothing.
            ("/nameless", Some(Target::Personal)),
            ("/s/", Some(Target::Personal)),
            ("/elsewhere", None),
        ] {
            assert_eq!(sync.target(path), target, "{path}");
        }
        let none = OrganizationSync::new([""; 0], [""; 0]).unwrap();
        assert_eq!(none.target("/"), None);
        assert!(OrganizationSync::new(["/("], [""; 0]).is_err());
        assert!(OrganizationSync::new([""; 0], ["/("]).is_err());
    }
}
