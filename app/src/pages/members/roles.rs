//! The roles that members can have, as Clerk lists them.

use clerk::api::{ApiClient, ApiError, ListRoles, Role};
use store::{Grants, Permissions};

use crate::error::{AppError, Field, Problem};

/// The most that Clerk puts on one page; an instance has a handful.
const MOST: u32 = 500;

/// A role that somebody can be given.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Clerk's key: `org:admin`.
    pub key: String,
    /// What people call it.
    pub name: String,
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
    [("org:admin", "Admin"), ("org:member", "Member")]
        .map(|(key, name)| Choice {
            key: key.to_owned(),
            name: name.to_owned(),
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

impl From<Role> for Choice {
    fn from(role: Role) -> Self {
        let permissions = role.permissions.iter().map(|permission| &permission.key);
        Self {
            grants: Grants::new(&role.key, Permissions::of(permissions)),
            key: role.key,
            name: role.name,
        }
    }
}
