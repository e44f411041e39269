//! Clerk for Leptos.
//!
//! - [`SignIn`], [`SignUp`], [`UserButton`], [`UserProfile`], [`OrganizationSwitcher`],
//!   [`OrganizationProfile`], [`OrganizationList`] and [`CreateOrganization`] are Clerk's own
//!   components. The page loads clerk-js for them, at once or when somebody asks ([`Load`]); the
//!   answer's Content-Security-Policy has to allow it (`CLERK_PAGES` in the server's
//!   `security_headers.rs`).
//! - [`SignedIn`], [`SignedOut`], [`Protect`] and [`RedirectToSignIn`] decide on the server what a
//!   page shows. They need nothing in the browser.
//! - [`session`], [`user_id`] and [`organization`] tell a page who asks; `signals` tells an island,
//!   on pages where clerk-js is loaded.
//! - [`session_keeper::KeepSession`] keeps the session's cookie fresh without clerk-js.
//!
//! The light forms of user button and organization switcher, which need no clerk-js, stand in the
//! header (`components/header`). `/styleguide/clerk` shows all of them.

pub mod mount;
pub mod session_keeper;

#[cfg(feature = "hydrate")]
mod signals;

#[cfg(feature = "ssr")]
mod appearance;
#[cfg(feature = "ssr")]
mod auth;
#[cfg(feature = "ssr")]
mod guards;
#[cfg(feature = "ssr")]
mod heavy;
#[cfg(feature = "ssr")]
mod place;

#[cfg(feature = "ssr")]
pub use auth::{organization, session, user_id};
#[cfg(feature = "ssr")]
pub use guards::{Protect, RedirectToSignIn, SignedIn, SignedOut};
#[cfg(feature = "ssr")]
pub use heavy::{
    CreateOrganization, OrganizationList, OrganizationProfile, OrganizationSwitcher, SignIn,
    SignUp, UserButton, UserProfile,
};
#[cfg(feature = "ssr")]
pub use place::Load;
