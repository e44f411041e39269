//! What a session must have to be let through (Clerk: `has()`).

mod billing;
mod reverification;

use std::borrow::Cow;

pub(crate) use billing::is_scope_of_organization;
pub use reverification::{Reverification, ReverificationLevel};

use crate::{
    claims::{SessionClaims, with_org_prefix},
    session::Session,
};

/// What is asked of a session, checked with [`Session::has`]. Everything that is asked must
/// be met; what is not asked does not count. A `Has` that asks nothing is met by nobody, so
/// that a forgotten condition locks instead of opening.
///
/// ```
/// use clerk::has::{Has, Reverification};
///
/// let may_refund = Has::new()
///     .permission("org:invoices:refund")
///     .feature("org:invoices")
///     .reverification(Reverification::STRICT);
/// # fn f(session: &clerk::session::Session, may_refund: &Has) -> bool {
/// session.has(may_refund)
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Has {
    role: Option<Cow<'static, str>>,
    permission: Option<Cow<'static, str>>,
    feature: Option<Cow<'static, str>>,
    plan: Option<Cow<'static, str>>,
    reverification: Option<Reverification>,
}

impl Has {
    /// Asks nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for this role in the active organization, such as `org:admin` or, which is the
    /// same, `admin`. Never met without an active organization.
    #[must_use]
    pub fn role(mut self, role: impl Into<Cow<'static, str>>) -> Self {
        self.role = Some(with_org_prefix(role.into()));
        self
    }

    /// Asks for this custom permission in the active organization, such as
    /// `org:invoices:create`, with or without `org:`. Never met without an active
    /// organization, nor for a system permission (`org:sys_…`): those are not in tokens.
    #[must_use]
    pub fn permission(mut self, permission: impl Into<Cow<'static, str>>) -> Self {
        self.permission = Some(with_org_prefix(permission.into()));
        self
    }

    /// Asks for a feature of the plan: of the organization's (`o:`, `org:` or
    /// `organization:` in front), of the user's (`u:` or `user:`), or of either. A scope
    /// that does not exist is never met.
    #[must_use]
    pub fn feature(mut self, feature: impl Into<Cow<'static, str>>) -> Self {
        self.feature = Some(feature.into());
        self
    }

    /// Asks for a plan, with a scope in front or without, as for [`Has::feature`].
    #[must_use]
    pub fn plan(mut self, plan: impl Into<Cow<'static, str>>) -> Self {
        self.plan = Some(plan.into());
        self
    }

    /// Asks that the person has proved lately who they are.
    #[must_use]
    pub fn reverification(mut self, reverification: Reverification) -> Self {
        self.reverification = Some(reverification);
        self
    }

    /// What was asked to be proved, so that a refusal can say it.
    pub fn asked_reverification(&self) -> Option<Reverification> {
        self.reverification
    }

    fn is_met_by(&self, claims: &SessionClaims) -> bool {
        let parts = [
            self.organization_part(claims),
            self.billing_part(claims),
            self.reverification
                .map(|asked| asked.is_met_by(claims.factor_age)),
        ];
        // Of the three parts, those that are asked must all pass, and one must be asked.
        !claims.user_id.as_str().is_empty()
            && parts.contains(&Some(true))
            && !parts.contains(&Some(false))
    }

    /// None if neither a role nor a permission is asked.
    fn organization_part(&self, claims: &SessionClaims) -> Option<bool> {
        if self.role.is_none() && self.permission.is_none() {
            return None;
        }
        let Some(organization) = &claims.organization else {
            return Some(false);
        };
        let role = self
            .role
            .as_ref()
            .is_none_or(|role| organization.role == *role);
        let permission = self
            .permission
            .as_ref()
            .is_none_or(|asked| organization.permissions.iter().any(|held| held == asked));
        Some(role && permission)
    }

    /// None if neither a feature nor a plan is asked.
    fn billing_part(&self, claims: &SessionClaims) -> Option<bool> {
        if self.feature.is_none() && self.plan.is_none() {
            return None;
        }
        let among = |asked: &Option<Cow<'_, str>>, held: &[String]| {
            asked
                .as_ref()
                .is_none_or(|asked| billing::holds(held, asked))
        };
        Some(among(&self.feature, &claims.features) && among(&self.plan, &claims.plans))
    }
}

impl SessionClaims {
    /// Whether the session has all that `has` asks for (Clerk: `has()`).
    pub fn has(&self, has: &Has) -> bool {
        has.is_met_by(self)
    }
}

impl Session {
    /// Whether the session has all that `has` asks for (Clerk: `has()`).
    pub fn has(&self, has: &Has) -> bool {
        has.is_met_by(self.claims())
    }
}
