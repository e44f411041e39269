use super::{ApiClient, ApiError, Change, Deleted, Domain, Page, call::Call, params::params};

/// Calls about the instance's domains. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Domains<'a>(pub(super) &'a ApiClient);

impl Domains<'_> {
    /// The instance's own domain and its satellites'; all of them.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self) -> Result<Page<Domain>, ApiError> {
        self.0.run(Call::get(&["domains"])).await
    }

    /// Adds a satellite's domain.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(&self, domain: &CreateDomain) -> Result<Domain, ApiError> {
        self.0.run(Call::post(&["domains"]).body(domain)).await
    }

    /// Changes a domain.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(&self, id: &str, changes: &UpdateDomain) -> Result<Domain, ApiError> {
        self.0
            .run(Call::patch(&["domains", id]).body(changes))
            .await
    }

    /// Deletes a satellite's domain.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &str) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&["domains", id])).await
    }
}

params! {
    /// A domain to be added: [`CreateDomain::satellite`].
    pub struct CreateDomain {
        /// The domain, or in development any name.
        pub name: String,
        /// Whether it is a satellite's; Clerk takes no other.
        pub is_satellite: Option<bool>,
        /// Where its frontend API is reached through the application.
        pub proxy_url: Option<String>,
    }
}

impl CreateDomain {
    /// A satellite's domain.
    pub fn satellite(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            is_satellite: Some(true),
            proxy_url: None,
        }
    }
}

params! {
    /// What to change in a domain.
    #[derive(Default)]
    pub struct UpdateDomain {
        /// The domain. Changing the instance's own signs everybody out.
        pub name: Option<String>,
        /// Where its frontend API is reached through the application.
        pub proxy_url: Change<String>,
        /// Whether it is for a part of the application with its own frontend API.
        pub is_secondary: Option<bool>,
    }
}
