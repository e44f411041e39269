//! "Continue with Google": the buttons, the way to the provider, and what it led to.

use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{destination::see_other, visit::Visit};
use crate::{
    error::{LocalError, Result},
    flows::oauth::Journey,
    provider::{Provider, icon_url},
    state::Verification,
};

/// The form of the buttons.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    provider: String,
}

impl Chosen {
    /// The way to the chosen provider and back: to this page of the portal if something is left to
    /// do, else to where the visit leads.
    ///
    /// # Errors
    /// `resource_not_found` for a provider that is none.
    pub fn journey(&self, visit: &Visit, page: &str) -> Result<Journey> {
        let provider = Provider::from_slug(&self.provider).ok_or_else(LocalError::not_found)?;
        let (page, end) = (visit.link(page), visit.end());
        Journey::new(&visit.state, provider, Some(&page), Some(&end), &[])
    }
}

/// A button for each provider, and the line between them and the form below.
pub fn buttons(visit: &Visit, page: &str) -> Markup {
    let all = html! {
        @for provider in Provider::ALL {
            (button(visit, provider, "Continue with"))
        }
    };
    html! {
        div.social { (visit.buttons(page, &all)) }
        div.or { "or" }
    }
}

/// The button for one provider, in a form that takes [`Chosen`].
pub fn button(visit: &Visit, provider: Provider, verb: &str) -> Markup {
    html! {
        button.with-icon name="provider" value=(provider.slug()) {
            img src=(icon_url(visit.state.options(), provider)) alt="" width="20" height="20";
            (verb) " " (provider.name())
        }
    }
}

/// Sends the browser to the provider.
///
/// # Errors
/// For a verification that leads nowhere.
pub fn set_out(verification: Option<&Verification>) -> Result<Response> {
    let url = verification.and_then(|it| it.external_verification_redirect_url.as_deref());
    url.map(see_other).ok_or_else(LocalError::not_found)
}

/// Why the browser came back without an account, in the words of the flow.
pub fn failure(verification: Option<&Verification>) -> Option<LocalError> {
    let error = verification?.error.as_ref()?;
    let text = error["long_message"].as_str()?;
    Some(LocalError::api(400, "verification_failed", text))
}
