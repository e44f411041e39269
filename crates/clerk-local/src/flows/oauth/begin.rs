//! Setting out: where the browser goes, and where it will come back to.

use crate::{
    error::{LocalError, Result},
    provider::{Ask, Provider},
    state::{Client, NewOauthAttempt, OauthPurpose, State, Unit, Verification},
};

/// More scopes than this, or longer ones, are nobody's wish.
const MAX_SCOPES: usize = 20;

/// A way to a provider that a page asks for.
#[derive(Debug, Clone)]
pub struct Journey {
    /// Where to.
    pub provider: Provider,
    /// The page that goes on with the flow.
    redirect_url: String,
    /// The page to go to when nothing is left to do.
    action_complete_redirect_url: Option<String>,
    /// With blanks between.
    scopes: String,
    /// The address of the person to suggest.
    pub login_hint: Option<String>,
}

impl Journey {
    /// A journey to a provider and back to pages of the application.
    ///
    /// # Errors
    /// `form_param_missing` and `invalid_redirect_url` for `redirect_url`, the latter also for
    /// `action_complete_redirect_url`; `form_param_value_invalid` for `additional_scope`.
    pub fn new(
        state: &State,
        provider: Provider,
        redirect_url: Option<&str>,
        action_complete_redirect_url: Option<&str>,
        additional_scopes: &[String],
    ) -> Result<Self> {
        let redirect_url = redirect_url.ok_or_else(|| LocalError::missing("redirect_url"))?;
        let done = "action_complete_redirect_url";
        Ok(Self {
            provider,
            redirect_url: page(state, redirect_url, "redirect_url")?,
            action_complete_redirect_url: action_complete_redirect_url
                .map(|url| page(state, url, done))
                .transpose()?,
            scopes: scopes(provider, additional_scopes)?,
            login_hint: None,
        })
    }

    /// Sends the browser on its way: the proof that is waited for, with the address to go to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(
        &self,
        unit: &Unit,
        client: &Client,
        purpose: OauthPurpose,
    ) -> Result<Verification> {
        let secrets = unit
            .begin_oauth(NewOauthAttempt {
                client_id: &client.id,
                provider: self.provider,
                purpose,
                redirect_url: &self.redirect_url,
                action_complete_redirect_url: self.action_complete_redirect_url.as_deref(),
            })
            .await?;
        let url = Ask::url(
            unit,
            self.provider,
            &secrets.state,
            &secrets.code_challenge,
            &self.scopes,
            self.login_hint.as_deref(),
        );
        Ok(Verification {
            strategy: self.provider.strategy().to_owned(),
            expire_at: Some(secrets.expire_at),
            external_verification_redirect_url: Some(url),
            ..Verification::default()
        })
    }
}

/// A page of the application: anywhere else, a stranger would be handed the browser's session.
fn page(state: &State, asked: &str, param: &str) -> Result<String> {
    let page = state.options().own_page(asked).map(String::from);
    page.ok_or_else(|| {
        LocalError::form(
            422,
            "invalid_redirect_url",
            &format!("{param} must be a page of the application itself."),
            param,
        )
    })
}

/// The provider's usual scopes and those a page wants beyond them.
fn scopes(provider: Provider, additional: &[String]) -> Result<String> {
    let mut all: Vec<&str> = provider.scopes().to_vec();
    let wanted = additional.iter().flat_map(|scope| scope.split([' ', ',']));
    for scope in wanted.filter(|scope| !scope.is_empty()) {
        if scope.len() > 100 || !scope.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(too_many());
        }
        if !all.contains(&scope) {
            all.push(scope);
        }
    }
    match all.join(" ") {
        joined if all.len() <= MAX_SCOPES && joined.len() <= 500 => Ok(joined),
        _ => Err(too_many()),
    }
}

fn too_many() -> LocalError {
    LocalError::form(
        422,
        "form_param_value_invalid",
        "additional_scope must be at most a few scopes of the provider.",
        "additional_scope",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_scopes_are_added_once() {
        let more = ["gist read:user".to_owned(), "gist".to_owned()];
        let all = scopes(Provider::Github, &more).unwrap();
        assert_eq!(all, "read:user user:email gist");
        assert!(scopes(Provider::Github, &["a\u{7f}".to_owned()]).is_err());
        let many: Vec<String> = (0..30).map(|n| n.to_string()).collect();
        assert!(scopes(Provider::Github, &many).is_err());
    }
}
