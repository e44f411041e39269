use serde::Serialize;

use super::{
    ApiClient, ApiError, Change, Deleted, Listing, Page, Role, call::Call, pages::Paging,
    params::params,
};

const PATH: &str = "organization_roles";

/// Calls about roles of members of organizations. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct OrganizationRoles<'a>(pub(super) &'a ApiClient);

impl OrganizationRoles<'_> {
    /// One page of the instance's roles.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListRoles) -> Result<Page<Role>, ApiError> {
        self.0.run(Call::get(&[PATH]).query(params)).await
    }

    /// All of the instance's roles.
    pub fn stream(&self, params: &ListRoles) -> Listing<Role> {
        let call = Call::get(&[PATH]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// One role.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &str) -> Result<Role, ApiError> {
        self.0.run(Call::get(&[PATH, id])).await
    }

    /// Makes a role.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(&self, role: &CreateRole) -> Result<Role, ApiError> {
        self.0.run(Call::post(&[PATH]).body(role)).await
    }

    /// Changes a role.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(&self, id: &str, changes: &UpdateRole) -> Result<Role, ApiError> {
        self.0.run(Call::patch(&[PATH, id]).body(changes)).await
    }

    /// Deletes a role that nobody has.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &str) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&[PATH, id])).await
    }

    /// Lets a role allow something; `permission` is the permission's identifier.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn assign_permission(&self, id: &str, permission: &str) -> Result<Role, ApiError> {
        let path = [PATH, id, "permissions", permission];
        self.0.run(Call::post(&path)).await
    }

    /// No longer lets a role allow something.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn remove_permission(&self, id: &str, permission: &str) -> Result<Role, ApiError> {
        let path = [PATH, id, "permissions", permission];
        self.0.run(Call::delete(&path)).await
    }
}

params! {
    /// A role to be made.
    #[derive(Default)]
    pub struct CreateRole {
        /// Its name. Clerk demands it.
        pub name: String,
        /// Its key: `org:editor`. Clerk demands it.
        pub key: String,
        /// What it is for.
        pub description: Option<String>,
        /// What it allows: permissions' identifiers.
        pub permissions: Vec<String>,
        /// Whether the first set of roles gets it.
        pub include_in_initial_role_set: Option<bool>,
    }
}

params! {
    /// What to change in a role.
    #[derive(Default)]
    pub struct UpdateRole {
        /// Its name.
        pub name: Option<String>,
        /// Its key.
        pub key: Option<String>,
        /// What it is for.
        pub description: Change<String>,
        /// What it allows, all of it: permissions' identifiers.
        pub permissions: Option<Vec<String>>,
    }
}

/// Which roles to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListRoles {
    /// Only those whose name, key or description holds this text.
    pub query: Option<String>,
    /// `created_at`, `name` or `key`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
