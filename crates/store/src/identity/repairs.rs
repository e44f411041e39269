use std::fmt;

/// What a reconciliation with Clerk found and mended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Of users.
    pub users: Counts,
    /// Of organizations.
    pub organizations: Counts,
    /// Of roles: stale were the permissions of members who have them.
    pub roles: Counts,
    /// Of memberships. Those that ended with their user or organization are not counted.
    pub memberships: Counts,
}

/// How many of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Told by Clerk.
    pub checked: u64,
    /// Not known here, and put in.
    pub missing: u64,
    /// Older here than at Clerk, and renewed.
    pub stale: u64,
    /// No longer at Clerk, and removed.
    pub gone: u64,
}

impl Repairs {
    /// How many rows were mended, of all kinds.
    pub fn total(&self) -> u64 {
        [self.users, self.organizations, self.roles, self.memberships]
            .iter()
            .map(|counts| counts.missing + counts.stale + counts.gone)
            .sum()
    }
}

impl fmt::Display for Repairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "users: {}; organizations: {}; roles: {}; memberships: {}",
            self.users, self.organizations, self.roles, self.memberships
        )
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            checked,
            missing,
            stale,
            gone,
        } = self;
        write!(
            f,
            "{checked} checked, {missing} missing, {stale} stale, {gone} gone"
        )
    }
}

/// How the local row differs from what is told.
pub(super) enum Drift {
    None,
    Missing,
    Stale,
}

impl Drift {
    /// From the `updated_at` of the row, if there is one, and of what is told.
    pub(super) fn of(known: Option<i64>, told: i64) -> Self {
        match known {
            None => Self::Missing,
            Some(known) if known < told => Self::Stale,
            Some(_) => Self::None,
        }
    }
}

impl Counts {
    /// Counts and logs what became of a row that differed. A tombstone may have kept it out.
    pub(super) fn mended(&mut self, drift: &Drift, is_there: bool, kind: &str, id: &str) {
        match drift {
            Drift::Missing if is_there => {
                self.missing += 1;
                tracing::debug!(kind, id, "was missing");
            }
            Drift::Stale => {
                self.stale += 1;
                tracing::debug!(kind, id, "was stale");
            }
            Drift::Missing | Drift::None => {}
        }
    }

    /// Counts and logs a removal.
    pub(super) fn removed(&mut self, kind: &str, id: &str) {
        self.gone += 1;
        tracing::debug!(kind, id, "was gone at Clerk");
    }
}
