//! What the organization demands of the sessions that it is opened with.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, OrganizationView, SecurityPolicy};

use super::settings_of;
use crate::{
    components::{
        field::error_of,
        select::{Choice, Select},
    },
    context::{may, request_context},
    error::{AppError, Field, Problem},
    forms::{Done, Posted, Refusal},
    language::texts,
    notice::Notice,
    pages::select_organization::invalid,
};

/// For how many hours a sign-in may be good: what there is to choose from.
const HOURS: [u32; 6] = [1, 8, 24, 72, 168, 720];

/// The policy's form.
#[component]
pub fn SecuritySection<'a>(
    organization: &'a OrganizationView,
    policy: SecurityPolicy,
    refusal: &'a Refusal,
) -> impl IntoView + use<> {
    let texts = texts();
    let (second_factor, hours) = match refusal.is_about(SecureOrganization::PATH) {
        true => (
            !refusal
                .kept_for(SecureOrganization::PATH, "second_factor")
                .is_empty(),
            refusal.kept_for(SecureOrganization::PATH, "hours"),
        ),
        false => (
            policy.second_factor,
            policy
                .sign_in_hours
                .map(|hours| hours.to_string())
                .unwrap_or_default(),
        ),
    };
    let error = refusal.of(SecureOrganization::PATH);
    let mut choices = vec![Choice::new("", texts.security_never())];
    choices.extend(HOURS.map(|hours| {
        let name = match hours {
            ..=24 => texts.security_hours_choice(hours),
            _ => texts.security_days_choice(hours / 24),
        };
        Choice::new(&hours.to_string(), name)
    }));
    let problem = |error: Option<String>, id: &'static str| {
        error.map(|error| view! { <p class="field-error" id=id>{error}</p> })
    };
    let factor_error = error_of(error, Field::SecondFactor);
    view! {
        <section aria-labelledby="security-title">
            <h2 id="security-title">{texts.security()}</h2>
            <p class="page-note">{texts.security_about()}</p>
            <form class="form" method="post" action=SecureOrganization::PATH>
                <input type="hidden" name="org" value=organization.slug.clone()/>
                <div class="field">
                    <label>
                        <input
                            type="checkbox"
                            name="second_factor"
                            value="yes"
                            checked=second_factor
                            aria-invalid=factor_error.is_some().then_some("true")
                            aria-describedby=factor_error.is_some().then_some("security-factor-error")
                        />
                        " " {texts.security_second_factor()}
                    </label>
                    {problem(factor_error, "security-factor-error")}
                </div>
                <div>
                    <Select
                        id="security-hours"
                        name="hours"
                        label=texts.security_hours()
                        choices=choices
                        chosen=hours
                    />
                    {problem(error_of(error, Field::Hours), "security-hours-error")}
                </div>
                <button class="button" type="submit">{texts.security_save()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// Says what the organization `org` demands of its members' sessions: two factors unless
/// `second_factor` is empty, and a sign-in of the last `hours` unless that is.
#[server(endpoint = "organizations/secure")]
pub async fn secure_organization(
    org: String,
    #[server(default)] second_factor: String,
    #[server(default)] hours: String,
) -> Result<(), AppError> {
    let outcome = secure(&org, &second_factor, &hours).await;
    Posted {
        function: SecureOrganization::PATH,
        page: settings_of(&org),
        kept: &[("second_factor", &second_factor), ("hours", &hours)],
    }
    .answer(outcome)
}

async fn secure(org: &str, second_factor: &str, hours: &str) -> Result<Done, AppError> {
    may(org, Action::OrganizationSecure).await?;
    let sign_in_hours = match hours {
        "" => None,
        hours => {
            let known = HOURS.into_iter().find(|known| known.to_string() == hours);
            Some(known.ok_or(AppError::BadRequest)?)
        }
    };
    let policy = SecurityPolicy {
        second_factor: !second_factor.is_empty(),
        sign_in_hours,
    };
    let context = request_context()?;
    let session = context.session()?;
    let turn = context.take_turn(org).await?;
    let outcome = turn.secure(session, policy).await.map_err(AppError::from);
    outcome.map_err(|error| match error {
        // One's own session has to meet it, or there would be no way back to this form.
        AppError::SecondFactorNeeded => {
            invalid(Field::SecondFactor, Problem::Mismatch, second_factor)
        }
        AppError::SignInTooOld { .. } => invalid(Field::Hours, Problem::Mismatch, hours),
        error => error,
    })?;
    tracing::info!(organization.slug = org, ?policy, "security policy set");
    Ok(Done {
        page: settings_of(org),
        notice: Some(Notice::SecurityChanged),
    })
}
