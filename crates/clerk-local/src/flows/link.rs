//! Links by mail: one click in place of a code, in the same browser or in another one.
//!
//! The link leads to `/v1/verify`, which goes on to the page that asked for it with `__clerk_status`
//! and `__clerk_created_session`. That page, and the one where the person waits, learn the rest from
//! the attempt itself.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{EMAIL_LINK, code::count_mail, own_email, sign_in, sign_up};
use crate::{
    error::{LocalError, Result},
    state::{Client, State, Verification, VerificationStatus, ids},
};

/// How long a link is accepted.
const LIFE_MS: i64 = 10 * 60 * 1000;

/// What a link belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A sign-in attempt.
    SignIn,
    /// A sign-up attempt.
    SignUp,
    /// An address that somebody adds to their account.
    EmailAddress,
}

/// What a link carries, in Clerk's short words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Link {
    /// The instance.
    iid: String,
    /// What it belongs to.
    pub st: Source,
    /// The id of the attempt, or of the address.
    pub sid: String,
    /// The link's own id: only the newest one of an attempt is accepted.
    pub vid: String,
    /// The page that asked for it.
    pub rurl: Url,
}

/// How opening a link went (Clerk: `__clerk_status`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The address is the person's. With the session this led to, if it led to one.
    Verified(Option<String>),
    /// Too late.
    Expired,
    /// An older link, or one that was opened before, or an attempt that can't go on.
    Failed,
}

impl Outcome {
    /// Its name on the wire.
    pub fn status(&self) -> &'static str {
        match self {
            Self::Verified(_) => "verified",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }
}

/// Mails a new link and counts it in `sent`; a former one is worth nothing from now on.
///
/// # Errors
/// `form_param_value_invalid` where the instance sends no links; `invalid_redirect_url` for a page
/// that is not the application's; `verification_code_too_many_requests` (429) after ten mails.
pub async fn send(
    state: &State,
    (st, sid): (Source, &str),
    (address, email_address_id): (&str, Option<String>),
    redirect_url: &str,
    sent: &mut u32,
) -> Result<Verification> {
    if !state.options().email_links {
        return Err(super::unknown_strategy());
    }
    let rurl = own_page(state, redirect_url)?;
    count_mail(sent)?;
    let vid = ids::prefixed("ver");
    let token = state.sign_claims(&Link {
        iid: state.instance().id.clone(),
        st,
        sid: sid.to_owned(),
        vid: vid.clone(),
        rurl,
    })?;
    let url = state
        .options()
        .instance_url(&format!("/v1/verify?token={token}"));
    let name = &state.options().application_name;
    let what = match st {
        Source::SignIn => "Sign in to",
        Source::SignUp | Source::EmailAddress => "Verify your email address for",
    };
    let body = format!(
        "{what} {name} by this link:\n\n{url}\n\nIt can be used once, in the next ten minutes. \
         If you did not ask for it, you can ignore this mail."
    );
    let subject = format!("{what} {name}");
    state.send_mail(address, &subject, &body, None).await?;
    Ok(Verification {
        strategy: EMAIL_LINK.to_owned(),
        expire_at: Some(state.now_ms() + LIFE_MS),
        link_id: Some(vid),
        email_address_id,
        ..Verification::default()
    })
}

/// The link that a token stands for.
///
/// # Errors
/// 400 `verification_link_token_invalid` for anything that is no link of this instance.
pub fn read(state: &State, token: &str) -> Result<Link> {
    let link: Option<Link> = state.read_claims(token);
    link.filter(|link| link.iid == state.instance().id)
        .ok_or_else(|| {
            LocalError::api(
                400,
                "verification_link_token_invalid",
                "Verification link token is invalid",
            )
        })
}

/// Opens a link in a browser (`visitor`, if the instance knows it). The attempt goes on in the browser
/// where it began.
///
/// # Errors
/// When the database fails.
pub async fn open(state: &State, link: &Link, visitor: Option<&Client>) -> Result<Outcome> {
    let opened = match link.st {
        Source::SignIn => sign_in::email_link::open(state, link, visitor).await,
        Source::SignUp => sign_up::email_link::open(state, link, visitor).await,
        Source::EmailAddress => {
            let opened = own_email::open_link(state, link, visitor).await;
            opened.map(|()| None)
        }
    };
    match opened {
        Ok(session_id) => Ok(Outcome::Verified(session_id)),
        Err(LocalError::Api { items, .. }) => {
            let expired = items.iter().any(|item| item.code == "verification_expired");
            Ok(if expired {
                Outcome::Expired
            } else {
                Outcome::Failed
            })
        }
        Err(error) => Err(error),
    }
}

/// Checks a link and writes into `verification` what follows from it; the caller stores it, whatever
/// the outcome, inside one [unit](crate::state::Unit).
///
/// # Errors
/// 400 `verification_link_token_stale` for an older link, `verification_already_verified`,
/// `verification_expired`.
pub fn check(
    verification: Option<&mut Verification>,
    link: &Link,
    visitor: Option<&Client>,
    now_ms: i64,
) -> Result<()> {
    let newest = |it: &&mut Verification| it.link_id.as_deref() == Some(link.vid.as_str());
    let Some(verification) = verification.filter(newest) else {
        return Err(LocalError::api(
            400,
            "verification_link_token_stale",
            "Verification link token is no longer valid. Please request a new one.",
        ));
    };
    if verification.status != VerificationStatus::Unverified {
        return Err(super::already_verified());
    }
    if verification.expire_at.is_none_or(|end| end <= now_ms) {
        verification.status = VerificationStatus::Expired;
        return Err(LocalError::api(
            400,
            "verification_expired",
            "This verification has expired. You must create a new one.",
        ));
    }
    verification.status = VerificationStatus::Verified;
    verification.verified_at_client = visitor.map(|client| client.id.clone());
    Ok(())
}

/// Only the application's own pages: anything else would make the instance's mails lead anywhere.
fn own_page(state: &State, text: &str) -> Result<Url> {
    state.options().own_page(text).ok_or_else(|| {
        LocalError::form(
            422,
            "invalid_redirect_url",
            "redirect_url must be a page of the application itself.",
            "redirect_url",
        )
    })
}
