use crate::{Action, POLICY, Role};

/// What a role and its permissions come to: a member's, by the local row, or those of a role
/// that somebody is to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    role: Role,
    permissions: Permissions,
    /// One bit for each action that the policy allows, by its place in the policy.
    actions: u32,
}

impl Grants {
    /// Looks a role's key (`org:admin`) and permissions up in the policy.
    pub fn new(role: &str, permissions: Permissions) -> Self {
        let role = Role::parse(role);
        let mut actions = 0;
        for (place, rule) in POLICY.iter().enumerate() {
            let by_permission = || {
                permissions
                    .iter()
                    .any(|key| rule.permissions.contains(&key))
            };
            if rule.roles.contains(&role) || by_permission() {
                actions |= 1 << place;
            }
        }
        Self {
            role,
            permissions,
            actions,
        }
    }

    /// The role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether the action is allowed.
    pub fn can(&self, action: Action) -> bool {
        // `POLICY` has the actions in the order of their declaration.
        self.actions & (1 << action as u32) != 0
    }

    /// Whether nothing of `other` goes beyond this: every action, and every permission, those
    /// that the policy does not know included. Admins have everything, and only admins cover
    /// an admin.
    pub fn cover(&self, other: &Self) -> bool {
        self.role == Role::Admin
            || (other.role != Role::Admin
                && other.actions & !self.actions == 0
                && other
                    .permissions
                    .iter()
                    .all(|key| self.permissions.iter().any(|own| own == key)))
    }
}

/// Keys of Clerk's permissions (`org:projects:manage`), as a membership row keeps them:
/// in order, each once, with spaces between.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions(String);

impl Permissions {
    /// Of Clerk's list. No key of Clerk's is empty or has white space; such are left out.
    pub fn of<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Self {
        let mut keys: Vec<String> = keys
            .into_iter()
            .map(|key| key.as_ref().to_owned())
            .filter(|key| !key.is_empty() && !key.contains(char::is_whitespace))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        Self(keys.join(" "))
    }

    /// Of a row.
    pub(crate) fn of_row(column: String) -> Self {
        Self(column)
    }

    /// For a row.
    pub(crate) fn into_row(self) -> String {
        self.0
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(role: &str, permissions: &[&str]) -> Grants {
        Grants::new(role, Permissions::of(permissions))
    }

    #[test]
    fn permissions_are_kept_in_order_and_once() {
        let keys = [
            "org:b:x",
            "org:a:y",
            "org:b:x",
            "",
            "org:a:y org:sys_profile:delete",
        ];
        assert_eq!(Permissions::of(keys).into_row(), "org:a:y org:b:x");
    }

    #[test]
    fn a_permission_is_its_whole_key() {
        for key in ["org:projects:man", "projects:manage", "ORG:PROJECTS:MANAGE"] {
            assert!(!grants("org:x", &[key]).can(Action::ProjectDelete), "{key}");
        }
        assert!(grants("org:x", &["org:projects:manage"]).can(Action::ProjectDelete));
    }

    #[test]
    fn only_what_one_holds_is_covered() {
        let admin = grants("org:admin", &[]);
        let member = grants("org:member", &["org:sys_memberships:read"]);
        let inviter = grants("org:hr", &["org:sys_memberships:manage"]);
        let looker = grants("org:looker", &[]);
        let almost = grants(
            "org:almost",
            &[
                "org:projects:manage",
                "org:tasks:manage",
                "org:comments:manage",
                "org:labels:manage",
                "org:sys_memberships:manage",
                "org:sys_memberships:read",
                "org:sys_profile:delete",
                "org:sys_profile:manage",
            ],
        );
        let biller = grants("org:biller", &["org:sys_billing:manage"]);
        for everybody in [&admin, &member, &inviter, &looker, &almost, &biller] {
            assert!(admin.cover(everybody));
            assert!(everybody.cover(everybody));
            assert_eq!(everybody.cover(&admin), everybody == &admin);
        }
        assert!(inviter.cover(&looker) && !looker.cover(&inviter));
        // A member may work on projects, which the inviter may not.
        assert!(!inviter.cover(&member));
        assert!(almost.cover(&member) && almost.cover(&inviter));
        // What the policy does not know counts too.
        assert!(!almost.cover(&biller));
    }
}
