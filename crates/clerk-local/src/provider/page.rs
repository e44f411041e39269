//! The page on which a person chooses an account, or refuses.

use axum::{
    Form,
    extract::{Path, Query, State, rejection::FormRejection},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Ask, Provider};
use crate::{
    BASE_PATH, LocalState,
    error::{LocalError, Result},
    portal::{self, Field, Refusal},
    state::{NewProviderAccount, ProviderAccount},
};

/// What the person decided: an account of the list, one that is typed in, or no.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Decision {
    #[serde(flatten)]
    ask: Ask,
    /// `deny`, or nothing.
    decision: String,
    /// The number of an account in the list.
    account: String,
    email_address: String,
    first_name: String,
    last_name: String,
    /// The check box: there, or not.
    verified: Option<String>,
}

/// Shows the accounts that the provider knows, and a form for another one.
pub async fn ask(
    State(state): State<LocalState>,
    Path(slug): Path<String>,
    Query(ask): Query<Ask>,
) -> Response {
    let shown = async {
        let provider = Provider::from_slug(&slug).ok_or_else(LocalError::not_found)?;
        ask.check(&state)?;
        let typed = Decision {
            email_address: ask.login_hint.clone(),
            verified: Some("on".to_owned()),
            ask,
            ..Decision::default()
        };
        page(&state, provider, &typed, Refusal::default()).await
    };
    shown.await.unwrap_or_else(|error| refused(&error))
}

/// Sends the browser back with a code, or with the refusal.
pub async fn take(
    State(state): State<LocalState>,
    Path(slug): Path<String>,
    decision: Result<Form<Decision>, FormRejection>,
) -> Response {
    let taken = async {
        let provider = Provider::from_slug(&slug).ok_or_else(LocalError::not_found)?;
        let Form(decision) = decision
            .map_err(|_| LocalError::api(400, "request_body_invalid", "The form can't be read."))?;
        decision.ask.check(&state)?;
        decide(&state, provider, &decision).await
    };
    taken.await.unwrap_or_else(|error| refused(&error))
}

async fn decide(state: &LocalState, provider: Provider, decision: &Decision) -> Result<Response> {
    let ask = &decision.ask;
    if decision.decision == "deny" {
        let pairs = [
            ("error", "access_denied"),
            ("error_description", "The person refused."),
        ];
        return back(&ask.answer(&pairs)?);
    }
    let account = match account(state, provider, decision).await {
        Ok(account) => account,
        Err(error) if matches!(error, LocalError::Api { .. }) => {
            return page(state, provider, decision, Refusal::of(&error)).await;
        }
        Err(error) => return Err(error),
    };
    let code = state
        .give_provider_code(&account, &ask.redirect_uri, &ask.code_challenge, &ask.scope)
        .await?;
    back(&ask.answer(&[("code", &code), ("scope", &ask.scope)])?)
}

/// The account that was chosen, or the one that was typed in.
async fn account(
    state: &LocalState,
    provider: Provider,
    decision: &Decision,
) -> Result<ProviderAccount> {
    if !decision.account.is_empty() {
        let known = state.provider_account(&decision.account).await?;
        return known
            .filter(|account| account.provider == provider)
            .ok_or_else(LocalError::not_found);
    }
    let new = NewProviderAccount {
        provider,
        email_address: decision.email_address.trim().to_owned(),
        email_verified: decision.verified.is_some(),
        first_name: decision.first_name.trim().to_owned(),
        last_name: decision.last_name.trim().to_owned(),
    };
    state.put_provider_account(new).await
}

async fn page(
    state: &LocalState,
    provider: Provider,
    typed: &Decision,
    refusal: Refusal<'_>,
) -> Result<Response> {
    let accounts = state.provider_accounts(provider).await?;
    let name = provider.name();
    let heading = format!("Sign in with {name}");
    let lead = html! {
        p.lead {
            "to go on to " (state.options().application_name) ". This page plays " (name)
            ": it takes any account you name and asks for no password."
        }
    };
    let content = html! {
        @if !accounts.is_empty() { (choices(provider, typed, &accounts)) }
        (another(provider, typed, refusal))
        (form(provider, typed, &html! {
            button name="decision" value="deny" { "Cancel" }
        }))
    };
    let shown = portal::step_page(&heading, refusal, &lead, &content, None);
    Ok(with_way_back(state, shown))
}

fn choices(provider: Provider, typed: &Decision, accounts: &[ProviderAccount]) -> Markup {
    html! {
        (form(provider, typed, &html! {
            ul.choices aria-label="Known accounts" {
                @for account in accounts {
                    li {
                        button name="account" value=(account.id) {
                            span {
                                span.name { (account.email_address) }
                                span.role {
                                    (account.first_name) " " (account.last_name)
                                    @if !account.email_verified { " (address not verified)" }
                                }
                            }
                            span.arrow aria-hidden="true" { "→" }
                        }
                    }
                }
            }
        }))
        div.or { "or another account" }
    }
}

fn another(provider: Provider, typed: &Decision, refusal: Refusal<'_>) -> Markup {
    let email = Field {
        value: &typed.email_address,
        error: refusal.of_field("email_address"),
        autofocus: true,
        ..Field::new("email_address", "Email address", "email", "email")
    };
    let first = Field {
        value: &typed.first_name,
        error: refusal.of_field("first_name"),
        required: false,
        ..Field::new("first_name", "First name", "text", "given-name")
    };
    let last = Field {
        value: &typed.last_name,
        error: refusal.of_field("last_name"),
        required: false,
        ..Field::new("last_name", "Last name", "text", "family-name")
    };
    form(
        provider,
        typed,
        &html! {
            (refusal.beyond(&["email_address", "first_name", "last_name"]))
            (email.render())
            div.row { (first.render()) (last.render()) }
            label.check {
                input type="checkbox" name="verified" checked[typed.verified.is_some()];
                (provider.name()) " has verified this address"
            }
            button.primary { "Continue" }
        },
    )
}

/// A form of this page; the server checks it, not the browser.
fn form(provider: Provider, typed: &Decision, content: &Markup) -> Markup {
    let action = format!("{BASE_PATH}/provider/{}/authorize", provider.slug());
    html! {
        form method="post" action=(action) novalidate {
            (typed.ask.hidden())
            (content)
        }
    }
}

/// The form's answer leads on to the application, whose origin the page's policy has to name.
fn with_way_back(state: &LocalState, mut page: Response) -> Response {
    let policy = portal::policy(&format!("'self' {}", state.options().public_origin()));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        page.headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    page
}

/// An error that can't be told to the application: the request itself is not to be trusted.
fn refused(error: &LocalError) -> Response {
    if error.status().is_server_error() {
        tracing::error!(%error, "the provider's page failed");
    }
    let content = html! { p { (error.public_message()) } };
    let body = portal::card("That did not work", &html! {}, &content, None);
    portal::page(error.status(), "That did not work", &body)
}

fn back(location: &str) -> Result<Response> {
    let location = HeaderValue::from_str(location)
        .map_err(|error| LocalError::Invalid(format!("the callback: {error}")))?;
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // The code in the address is for the instance only.
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
