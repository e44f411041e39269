use serde::Serialize;

use super::{
    ApiClient, ApiError, Deleted, Listing, Page, Permission, call::Call, pages::Paging,
    params::params,
};

const PATH: &str = "organization_permissions";

/// Calls about what roles may allow. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct OrganizationPermissions<'a>(pub(super) &'a ApiClient);

impl OrganizationPermissions<'_> {
    /// One page of the instance's permissions.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListPermissions) -> Result<Page<Permission>, ApiError> {
        self.0.run(Call::get(&[PATH]).query(params)).await
    }

    /// All of the instance's permissions.
    pub fn stream(&self, params: &ListPermissions) -> Listing<Permission> {
        let call = Call::get(&[PATH]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// One permission.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &str) -> Result<Permission, ApiError> {
        self.0.run(Call::get(&[PATH, id])).await
    }

    /// Makes a permission.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(&self, permission: &CreatePermission) -> Result<Permission, ApiError> {
        self.0.run(Call::post(&[PATH]).body(permission)).await
    }

    /// Changes a permission.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(
        &self,
        id: &str,
        changes: &UpdatePermission,
    ) -> Result<Permission, ApiError> {
        self.0.run(Call::patch(&[PATH, id]).body(changes)).await
    }

    /// Deletes a permission.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &str) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&[PATH, id])).await
    }
}

params! {
    /// A permission to be made.
    #[derive(Default)]
    pub struct CreatePermission {
        /// Its name. Clerk demands it.
        pub name: String,
        /// Its key: `org:projects:write`. Clerk demands it.
        pub key: String,
        /// What it is for.
        pub description: Option<String>,
    }
}

params! {
    /// What to change in a permission.
    #[derive(Default)]
    pub struct UpdatePermission {
        /// Its name.
        pub name: Option<String>,
        /// Its key.
        pub key: Option<String>,
        /// What it is for.
        pub description: Option<String>,
    }
}

/// Which permissions to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListPermissions {
    /// Only those whose name, key or description holds this text.
    pub query: Option<String>,
    /// `created_at`, `name` or `key`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
