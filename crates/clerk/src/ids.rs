//! Clerk's identifiers, one type each, so that a user cannot be passed for an organization.
//!
//! They are opaque: nothing is checked, since Clerk promises no format beyond the prefix.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the identifier as it stands.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The identifier as Clerk writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

id! {
    /// A user: `user_…`.
    UserId
}
id! {
    /// A session: `sess_…`.
    SessionId
}
id! {
    /// An organization: `org_…`.
    OrganizationId
}
id! {
    /// A membership of a user in an organization: `orgmem_…`.
    MembershipId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_plain_string_on_the_wire() {
        let id: UserId = serde_json::from_str("\"user_1\"").unwrap();
        assert_eq!(id, UserId::new("user_1"));
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"user_1\"");
        assert_eq!(id.to_string(), "user_1");
    }
}
