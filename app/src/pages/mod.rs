//! One file or folder per page, its server functions beside it.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{context::request_context, error::AppError, forms, redirects};

pub mod app_home;
pub mod go;
pub mod insights;
pub mod invited;
pub mod landing;
pub mod members;
pub mod my_tasks;
pub mod not_found;
pub mod offline;
pub mod organization;
pub mod overview;
pub mod people;
pub mod project;
pub mod projects;
mod refused;
pub mod search;
pub mod select_organization;
pub mod settings;
pub mod shortcuts;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod styleguide;
pub mod task;
pub mod user;

/// A page that is complete when `content` is. An error becomes the answer's status and a page of
/// its own, or a redirect to what the person has to do first.
pub fn page<V>(content: impl Future<Output = Result<V, AppError>> + Send + 'static) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move {
        match content.await {
            Ok(view) => view.into_any(),
            Err(AppError::NotFound) => {
                let Some(address) = moved_to().await else {
                    return refused::refuse(&AppError::NotFound).await;
                };
                forms::see_other(&address);
                ().into_any()
            }
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

/// Where the page that was asked for is now, when its organization has another slug than it had and
/// the person is a member of it. Everybody else is told what they are told of any address.
async fn moved_to() -> Option<String> {
    let context = request_context().ok()?;
    let asked = forms::own_path_and_query();
    let rest = asked.strip_prefix("/app/")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (slug, rest) = rest.split_at(end);
    // Slugs need no escapes.
    match context.store.moved_to(context.session().ok()?, slug).await {
        Ok(now) => Some(format!("/app/{}{rest}", redirects::segment(&now?))),
        Err(error) => {
            tracing::warn!(%error, "a former slug was not looked up");
            None
        }
    }
}
