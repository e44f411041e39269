//! The page for what is not there. The same for an unknown address, an organization of others and
//! a project of others: nobody can tell which.

use leptos::prelude::*;

use crate::{error::AppError, pages::page};

/// Answers 404.
#[component]
pub fn NotFound() -> impl IntoView {
    page(async { Err::<(), _>(AppError::NotFound) })
}
