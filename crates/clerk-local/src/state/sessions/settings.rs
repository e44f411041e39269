//! How long sessions live, and how many a browser may have.

use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How the instance's sessions live (Clerk docs: session options).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionSettings {
    /// Whether a browser has at most one live session. If not, several people may be signed in in
    /// one browser, and it switches between them.
    pub single: bool,
    /// The longest life of a session.
    pub lifetime: Duration,
    /// How long a session lives on without being used: no page touches it or asks for its tokens.
    pub inactivity_timeout: Option<Duration>,
}

impl Default for SessionSettings {
    /// One session a browser, seven days, used or not: Clerk's own defaults.
    fn default() -> Self {
        Self {
            single: true,
            lifetime: 7 * DAY,
            inactivity_timeout: None,
        }
    }
}

impl SessionSettings {
    /// When a session ends that was made and last used at these times (unix milliseconds).
    pub fn expire_at(&self, created_at: i64, last_active_at: i64) -> i64 {
        let latest = created_at.saturating_add(milliseconds(self.lifetime));
        match self.inactivity_timeout {
            Some(idle) => latest.min(last_active_at.saturating_add(milliseconds(idle))),
            None => latest,
        }
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_prolongs_a_session_up_to_its_lifetime() {
        let settings = SessionSettings {
            lifetime: Duration::from_secs(100),
            inactivity_timeout: Some(Duration::from_secs(10)),
            ..SessionSettings::default()
        };
        assert_eq!(settings.expire_at(0, 0), 10_000);
        assert_eq!(settings.expire_at(0, 50_000), 60_000);
        assert_eq!(settings.expire_at(0, 95_000), 100_000);
        let forever = SessionSettings {
            lifetime: Duration::MAX,
            ..SessionSettings::default()
        };
        assert_eq!(forever.expire_at(1, 1), i64::MAX);
    }
}
