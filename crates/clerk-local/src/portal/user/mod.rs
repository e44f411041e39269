//! The signed-in person's own page: names, addresses, accounts at providers, password, passkeys,
//! second factors, devices, the account's end.
//!
//! Each section is a form of its own. A refused one comes back in its place with what was typed.

mod account;
mod accounts;
mod address;
mod addresses;
mod devices;
mod names;
mod passkeys;
mod password;
mod two_step;
mod verify;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use maud::html;

use super::{Answer, form::Refusal, layout::settings_page, sign_out, visit::Visit};
use crate::{LocalState, error::Result, state::Session, state::User};

/// Where the page is.
const PAGE: &str = "user";

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/user", get(ask))
        .route("/user/names", post(names::take))
        .route("/user/addresses", post(addresses::add))
        .route(
            "/user/addresses/{id}",
            get(address::ask).post(address::take),
        )
        .route("/user/addresses/{id}/send-code", post(address::send_code))
        .route("/user/addresses/{id}/send-link", post(address::send_link))
        .route("/user/address-opened", get(address::opened))
        .route("/user/addresses/{id}/primary", post(addresses::put_first))
        .route("/user/addresses/{id}/remove", post(addresses::remove))
        .route(
            "/user/accounts",
            get(accounts::back).post(accounts::connect),
        )
        .route("/user/accounts/{id}/remove", post(accounts::remove))
        .route("/user/password", post(password::take))
        .route("/user/passkeys/{id}/rename", post(passkeys::rename))
        .route("/user/passkeys/{id}/remove", post(passkeys::remove))
        .route("/user/devices/{id}/sign-out", post(devices::sign_out))
        .route("/user/delete", post(account::delete))
        .route("/user/verify/{then}", get(verify::ask).post(verify::take))
        .route("/user/verify/{then}/code", get(verify::ask_code))
        .route("/user/verify/{then}/send-code", post(verify::send))
        .merge(two_step::router())
}

async fn ask(visit: Visit) -> Answer {
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    Ok(page(&visit, &session, &user, Correction::default()).await?)
}

/// The form that came back, if one did.
#[derive(Default)]
enum Correction<'a> {
    #[default]
    None,
    Names(&'a names::Given, Refusal<'a>),
    Address(&'a addresses::Given, Refusal<'a>),
    /// A button of the list of addresses, whose form has no field.
    Addresses(Refusal<'a>),
    /// A button of the list of accounts at providers, or the way there.
    Accounts(Refusal<'a>),
    Password(Refusal<'a>),
    /// The name of the passkey with this id.
    Passkey(&'a str, &'a passkeys::Given, Refusal<'a>),
    Account(Refusal<'a>),
}

impl<'a> Correction<'a> {
    fn refusal(&self) -> Refusal<'a> {
        match self {
            Self::None => Refusal::default(),
            Self::Names(_, refusal)
            | Self::Address(_, refusal)
            | Self::Addresses(refusal)
            | Self::Accounts(refusal)
            | Self::Password(refusal)
            | Self::Passkey(_, _, refusal)
            | Self::Account(refusal) => *refusal,
        }
    }
}

/// The page as it stands, with the form to be corrected.
async fn page(
    visit: &Visit,
    session: &Session,
    user: &User,
    correction: Correction<'_>,
) -> Result<Response> {
    let content = html! {
        (names::section(visit, user, &correction))
        (addresses::section(visit, user, &correction))
        (accounts::section(visit, user, &correction))
        (password::section(visit, user, &correction))
        (passkeys::section(visit, user, &correction))
        (two_step::section(visit, user))
        (devices::section(visit, session, user).await?)
        (account::section(visit, user, &correction))
    };
    let lead = html! { p.person { (user.identifier()) } };
    Ok(settings_page(
        "Your account",
        correction.refusal(),
        &lead,
        &content,
        &sign_out::offer(visit),
    ))
}
