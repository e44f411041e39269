//! The roles that members can have, as Clerk lists them.

use clerk::api::{ApiClient, ApiError, ListRoles};
use store::{Grants, Permissions, Role};

use crate::{
    error::{AppError, Field, Problem},
    pages::organization::role_name,
};

/// The most that Clerk puts on one page; an instance has a handful.
const MOST: u32 = 500;

/// A role that somebody can be given.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Clerk's key: `org:admin`.
    pub key: String,
    /// What Clerk calls it; empty when that is not at hand.
    name: String,
    /// What it gives.
    pub grants: Grants,
}

/// Every role of the instance.
pub async fn roles(clerk: &ApiClient) -> Result<Vec<Choice>, ApiError> {
    let all = ListRoles {
        limit: Some(MOST),
        ..ListRoles::default()
    };
    let page = clerk.organization_roles().list(&all).await?;
    Ok(page.data.into_iter().map(Choice::from).collect())
}

/// Clerk's two default roles, for a page that has to do without Clerk: what is typed into its
/// forms is not lost for that.
pub fn default_roles() -> Vec<Choice> {
    [Role::ADMIN, Role::MEMBER]
        .map(|key| Choice {
            key: key.to_owned(),
            name: String::new(),
            grants: Grants::new(key, Permissions::default()),
        })
        .into()
}

/// What the role with this key gives.
///
/// # Errors
/// [`AppError::Invalid`] for a role that Clerk does not have; [`AppError::Unavailable`].
pub async fn given_by(clerk: &ApiClient, key: &str) -> Result<Grants, AppError> {
    roles(clerk)
        .await?
        .into_iter()
        .find(|role| role.key == key)
        .map(|role| role.grants)
        .ok_or_else(|| AppError::Invalid {
            field: Field::Role,
            problem: Problem::Unknown,
            value: key.to_owned(),
        })
}

impl Choice {
    /// What people call it.
    pub fn label(&self) -> String {
        role_label(&self.key, &self.name)
    }
}

impl From<clerk::api::Role> for Choice {
    fn from(role: clerk::api::Role) -> Self {
        let permissions = role.permissions.iter().map(|permission| &permission.key);
        Self {
            grants: Grants::new(&role.key, Permissions::of(permissions)),
            key: role.key,
            name: role.name,
        }
    }
}

/// What a role is called: by one of the choices, if it is one.
pub fn named(key: &str, choices: &[Choice]) -> String {
    let choice = choices.iter().find(|choice| choice.key == key);
    choice.map_or_else(|| role_label(key, ""), Choice::label)
}

/// What the role `key` is called, which Clerk calls `given`; that is empty when it is not at hand.
/// Clerk's own two roles are called as the page's language does, unless somebody renamed them.
pub fn role_label(key: &str, given: &str) -> String {
    match (Role::parse(key), given) {
        (role @ Role::Admin, "" | "Admin") | (role @ Role::Member, "" | "Member") => {
            role_name(role)
        }
        (_, "") => key.strip_prefix("org:").unwrap_or(key).to_owned(),
        _ => given.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_called_as_its_owner_does() {
        assert_eq!(role_label("org:admin", "Admin"), "Admin");
        assert_eq!(role_label("org:member", ""), "Member");
        assert_eq!(role_label("org:admin", "Head"), "Head");
        assert_eq!(role_label("org:guest", "Visitor"), "Visitor");
        assert_eq!(role_label("org:guest", ""), "guest");
    }
}
