//! What a browser asks a provider for: the parameters of an authorization request (RFC 6749 4.1.1,
//! RFC 7636), which travel through the page as hidden fields.

use maud::{Markup, html};
use serde::Deserialize;
use url::{Url, form_urlencoded};

use super::Provider;
use crate::{
    LocalState,
    error::{LocalError, Result},
};

/// Longer values are nothing that the instance has made.
const MAX_LENGTH: usize = 512;

/// An authorization request as it arrives.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    client_id: String,
    response_type: String,
    /// Where the answer goes: the instance's own callback.
    pub redirect_uri: String,
    /// Comes back with the answer.
    pub state: String,
    /// With blanks between.
    pub scope: String,
    /// PKCE's public half.
    pub code_challenge: String,
    code_challenge_method: String,
    /// The address of the person to suggest.
    pub login_hint: String,
}

impl Ask {
    /// The address at which a provider is asked.
    pub fn url(
        state: &LocalState,
        provider: Provider,
        secret: &str,
        code_challenge: &str,
        scope: &str,
        login_hint: Option<&str>,
    ) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("client_id", &state.instance().id)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", &callback(state))
            .append_pair("scope", scope)
            .append_pair("state", secret)
            .append_pair("code_challenge", code_challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(hint) = login_hint {
            query.append_pair("login_hint", hint);
        }
        let page = format!("/provider/{}/authorize", provider.slug());
        let page = state.options().instance_url(&page);
        format!("{page}?{}", query.finish())
    }

    /// Refuses what no client of this provider would ask. Nothing is sent back to an address that is
    /// not the instance's own.
    ///
    /// # Errors
    /// 400 `redirect_uri_mismatch` or `oauth_callback_invalid`.
    pub fn check(&self, state: &LocalState) -> Result<()> {
        if self.redirect_uri != callback(state) {
            return Err(LocalError::api(
                400,
                "redirect_uri_mismatch",
                "The redirect_uri is not one that is registered with this provider.",
            ));
        }
        let fields = [&self.state, &self.scope, &self.login_hint];
        let sound = self.client_id == state.instance().id
            && self.response_type == "code"
            && self.code_challenge_method == "S256"
            && self.code_challenge.len() == 43
            && !self.state.is_empty()
            && fields.iter().all(|field| field.len() <= MAX_LENGTH);
        match sound {
            true => Ok(()),
            false => Err(LocalError::api(
                400,
                "oauth_callback_invalid",
                "This is not a request that Clerk sends to a provider.",
            )),
        }
    }

    /// The hidden fields that keep the request through the page's forms.
    pub fn hidden(&self) -> Markup {
        let fields = [
            ("client_id", &self.client_id),
            ("response_type", &self.response_type),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &self.scope),
            ("state", &self.state),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", &self.code_challenge_method),
            ("login_hint", &self.login_hint),
        ];
        html! {
            @for (name, value) in fields {
                input type="hidden" name=(name) value=(value);
            }
        }
    }

    /// The callback's address with an answer on it.
    ///
    /// # Errors
    /// Never after [`Ask::check`].
    pub fn answer(&self, pairs: &[(&str, &str)]) -> Result<String> {
        let mut url = Url::parse(&self.redirect_uri)
            .map_err(|error| LocalError::Invalid(format!("the callback: {error}")))?;
        url.query_pairs_mut()
            .extend_pairs(pairs)
            .append_pair("state", &self.state);
        Ok(url.into())
    }
}

/// Where providers send browsers back to.
pub fn callback(state: &LocalState) -> String {
    state.options().instance_url("/v1/oauth_callback")
}
