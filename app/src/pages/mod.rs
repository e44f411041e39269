//! One file or folder per page, its server functions beside it.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::error::AppError;

pub mod app_home;
pub mod landing;
pub mod members;
pub mod not_found;
pub mod organization;
pub mod overview;
pub mod projects;
mod refused;
pub mod select_organization;
pub mod settings;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod styleguide;

/// A page that is complete when `content` is. An error becomes the answer's status and a page of
/// its own, or a redirect to what the person has to do first.
pub fn page<V>(content: impl Future<Output = Result<V, AppError>> + Send + 'static) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move {
        match content.await {
            Ok(view) => view.into_any(),
            Err(error) => refused::refuse(&error).await,
        }
    })
}

/// The organization's slug in the address of the page that is being rendered.
fn slug_of_address() -> String {
    use_params_map()
        .read_untracked()
        .get("slug")
        .unwrap_or_default()
}
