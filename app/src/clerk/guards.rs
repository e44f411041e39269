//! Who sees what, decided on the server: nothing of the rest reaches the browser.
//!
//! These choose what a page shows, by the session's token, as Clerk's components of these names do.
//! What somebody may *do* in an organization, its scope decides by the local row (`tenant_for`).

use clerk::{has::Has, session::Session};
use leptos::prelude::*;

use super::session;
use crate::{forms, redirects};

/// Its children, for whoever is signed in.
#[component]
pub fn SignedIn(children: Children) -> impl IntoView {
    session().map(|_| children()).into_any()
}

/// Its children, for whoever is not signed in.
#[component]
pub fn SignedOut(children: Children) -> impl IntoView {
    session().is_none().then(children).into_any()
}

/// Its children, for a session that meets everything that is asked; the fallback for others. Who
/// is not signed in gets the fallback, too; asking nothing is asking to be signed in.
#[component]
pub fn Protect(
    /// A role in the active organization: `org:admin`.
    #[prop(optional, into)]
    role: Option<String>,
    /// A custom permission there: `org:projects:manage`. Clerk's system permissions are in no token,
    /// so nobody has them here.
    #[prop(optional, into)]
    permission: Option<String>,
    /// Anything else.
    #[prop(optional)]
    condition: Option<fn(&Session) -> bool>,
    /// What others see.
    #[prop(optional, into)]
    fallback: ViewFn,
    children: Children,
) -> impl IntoView {
    let met = |session: &Session| {
        role.is_none_or(|role| session.has(&Has::new().role(role)))
            && permission.is_none_or(|key| session.has(&Has::new().permission(key)))
            && condition.is_none_or(|condition| condition(session))
    };
    match session().is_some_and(|session| met(&session)) {
        true => children(),
        false => fallback.run(),
    }
}

/// Makes the answer a redirect to the sign-in page, which comes back here.
#[component]
pub fn RedirectToSignIn() -> impl IntoView {
    forms::see_other(&redirects::sign_in(&forms::own_path_and_query()));
}
