//! Clerk for Leptos: Clerk's own sign-in and sign-up components as islands, and a keeper of the
//! session cookie for pages that should not load clerk-js.

pub mod mount;
pub mod session_keeper;

#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
pub use components::{SignIn, SignUp};
