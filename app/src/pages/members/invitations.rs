//! Inviting, and who is invited.

use clerk::api::OrganizationInvitation;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    actions::{InviteMember, ResendInvitation, RevokeInvitation},
    inviting::read_back,
    list::RoleSelect,
    roles::{Choice, role_label},
};
use crate::{
    components::field::error_of,
    error::{AppError, Field},
    forms::Refusal,
    language::texts,
};

/// Invites addresses, one or many, to a role.
#[component]
pub fn InviteForm<'a>(
    slug: &'a str,
    choices: &'a [Choice],
    refusal: &'a Refusal,
) -> impl IntoView + use<> {
    let texts = texts();
    let error = refusal.of(InviteMember::PATH);
    let kept = refusal.kept_for(InviteMember::PATH, "role");
    // Who does not say otherwise is invited to the least.
    let chosen = if kept.is_empty() {
        "org:member".to_owned()
    } else {
        kept
    };
    view! {
        <form class="create-form" method="post" action=InviteMember::PATH>
            <input type="hidden" name="org" value=slug.to_owned()/>
            {addresses(refusal, error)}
            <RoleSelect
                id="invite-role"
                label=texts.members_role()
                choices=choices
                chosen=&chosen
                error=error_of(error, Field::Role)
            />
            <button class="button button-primary" type="submit">{texts.members_invite()}</button>
        </form>
    }
    .into_any()
}

/// The field for addresses. Under it, after a list of which some were refused, why.
fn addresses(refusal: &Refusal, error: Option<&AppError>) -> impl IntoView + use<> {
    let texts = texts();
    let typed = refusal.kept_for(InviteMember::PATH, "email");
    let reasons = read_back(&typed, &refusal.kept_for(InviteMember::PATH, "why"));
    let error = error_of(error, Field::Email);
    let invalid = error.is_some();
    // A single address says why above already.
    let reasons = (reasons.len() > 1 || typed.lines().count() > 1).then(|| {
        let lines = reasons
            .into_iter()
            .map(|(address, problem)| {
                view! { <li>{address} ": " {problem.message(Field::Email, texts)}</li> }
            })
            .collect_view();
        view! { <ul class="field-error">{lines}</ul> }
    });
    let rows = typed.lines().count().clamp(1, 8).to_string();
    view! {
        <div class="field">
            <label class="visually-hidden" for="invite-email">{texts.members_invite_email()}</label>
            <textarea
                class="input"
                id="invite-email"
                name="email"
                rows=rows
                placeholder=texts.members_invite_placeholder()
                autocomplete="off"
                required=true
                aria-invalid=invalid.then_some("true")
                aria-describedby=if invalid { "invite-hint invite-error" } else { "invite-hint" }
                autofocus=invalid
            >
                {typed}
            </textarea>
            <p class="hint" id="invite-hint">{texts.members_invite_hint()}</p>
            {error.map(|error| view! {
                <div id="invite-error">
                    <p class="field-error">{error}</p>
                    {reasons}
                </div>
            })}
        </div>
    }
    .into_any()
}

/// Who is invited and has not answered. `None` while Clerk does not say.
#[component]
pub fn Invitations<'a>(
    slug: &'a str,
    invitations: Option<Vec<OrganizationInvitation>>,
) -> impl IntoView + use<> {
    let texts = texts();
    let content = match invitations {
        None => view! { <p class="page-note">{texts.members_invited_unknown()}</p> }.into_any(),
        Some(invitations) if invitations.is_empty() => {
            view! { <p class="page-note">{texts.members_invited_none()}</p> }.into_any()
        }
        Some(invitations) => {
            let rows = invitations
                .into_iter()
                .map(|one| row(slug, one))
                .collect_view();
            view! { <ul class="rows">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="page-section" aria-labelledby="invitations">
            <h2 id="invitations">{texts.members_invited()}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn row(slug: &str, invitation: OrganizationInvitation) -> impl IntoView + use<> {
    let role = role_label(&invitation.role, &invitation.role_name);
    let texts = texts();
    let of_whom = texts.members_invitation_of(&invitation.email_address);
    let button = |action: &'static str, label: String| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="org" value=slug.to_owned()/>
                <input type="hidden" name="id" value=invitation.id.clone()/>
                <button class="button button-quiet" type="submit">
                    {label}
                    <span class="visually-hidden">" " {of_whom.clone()}</span>
                </button>
            </form>
        }
        .into_any()
    };
    let resend = button(ResendInvitation::PATH, texts.members_resend());
    let revoke = button(RevokeInvitation::PATH, texts.members_revoke());
    view! {
        <li class="row">
            <span class="row-name"><span class="row-title">{invitation.email_address}</span></span>
            <span class="row-time">{role}</span>
            {resend}
            {revoke}
        </li>
    }
    .into_any()
}
