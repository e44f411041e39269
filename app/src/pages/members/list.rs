//! The members, each with a menu of what can be done.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, Grants, Member};

use super::{
    actions::{ChangeRole, RemoveMember},
    roles::{Choice, named},
    view_state::ViewState,
};
use crate::{
    components::{dialog::ConfirmDialog, header::Avatar, icons},
    language::texts,
};

/// The query parameter that asks whether a member is to be removed.
pub const REMOVING: &str = "remove";

/// The members.
#[component]
pub fn MemberList<'a>(
    state: &'a ViewState,
    own: &'a Grants,
    members: Vec<Member>,
    choices: &'a [Choice],
    /// Who is to be removed, if that is asked.
    removing: Option<Member>,
) -> impl IntoView + use<> {
    let question = removing.map(|member| question(state, &member));
    if members.is_empty() {
        return view! { {question} <p class="page-note">{texts().members_none()}</p> }.into_any();
    }
    let rows = members
        .iter()
        .map(|member| row(state, own, member, choices))
        .collect_view();
    view! {
        {question}
        <ul class="rows people">{rows}</ul>
        {own.can(Action::MemberRemove).then(|| dialog(state))}
    }
    .into_any()
}

fn row(
    state: &ViewState,
    own: &Grants,
    member: &Member,
    choices: &[Choice],
) -> impl IntoView + use<> {
    let role = named(&member.role, choices);
    // Nobody changes somebody who holds more.
    let menu = own
        .cover(&member.grants)
        .then(|| menu(state, own, member, choices));
    let name = called(member);
    let email = member.email.clone().filter(|_| !member.name.is_empty());
    view! {
        <li class="row">
            <span class="row-name">
                <Avatar name=name.clone()/>
                <span class="row-title">
                    <span dir="auto">{name}</span>
                    {email.map(|email| view! { <span class="row-below">{email}</span> })}
                </span>
            </span>
            <span class="row-time">{role}</span>
            {menu.flatten()}
        </li>
    }
    .into_any()
}

fn menu(state: &ViewState, own: &Grants, member: &Member, choices: &[Choice]) -> Option<AnyView> {
    let id = member.user_id.to_string();
    let name = called(member);
    let texts = texts();
    let give = own.can(Action::MemberChangeRole).then(|| {
        view! {
            <form class="rename-form" method="post" action=ChangeRole::PATH>
                <input type="hidden" name="org" value=state.slug.clone()/>
                {state.field()}
                <input type="hidden" name="id" value=id.clone()/>
                <RoleSelect
                    id=format!("role-{id}")
                    label=texts.members_role()
                    choices=choices
                    chosen=&member.role
                    error=None
                />
                <button class="button" type="submit">{texts.members_change_role()}</button>
            </form>
        }
    });
    let remove = own.can(Action::MemberRemove).then(|| {
        view! {
            <a
                class="menu-item menu-item-danger"
                href=state.url_with(&[(REMOVING, &id)])
                data-confirm=""
                data-id=id.clone()
                data-name=name.clone()
            >
                {texts.members_remove_ask()}
            </a>
        }
    });
    (give.is_some() || remove.is_some()).then(|| {
        view! {
            <details class="menu menu-end" data-menu="">
                <summary class="menu-button">
                    <span class="visually-hidden">{texts.members_actions(&name)}</span>
                    {icons::dots()}
                </summary>
                <div class="menu-panel">{give} {remove}</div>
            </details>
        }
        .into_any()
    })
}

/// A choice of roles.
#[component]
pub fn RoleSelect<'a>(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    label: String,
    choices: &'a [Choice],
    /// The key that is chosen to begin with.
    chosen: &'a str,
    error: Option<String>,
) -> impl IntoView + use<> {
    let error_id = format!("{id}-error");
    let options = choices
        .iter()
        .map(|choice| {
            let chosen = choice.key == chosen;
            view! { <option value=choice.key.clone() selected=chosen>{choice.label()}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <select
                class="input"
                id=id
                name="role"
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| error_id.clone())
            >
                {options}
            </select>
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
    .into_any()
}

/// The question before a removal, for those without JavaScript.
fn question(state: &ViewState, member: &Member) -> impl IntoView + use<> {
    let id = member.user_id.to_string();
    let texts = texts();
    view! {
        <section class="confirm" aria-labelledby="confirm-remove">
            <h2 id="confirm-remove">{texts.members_remove_question(called(member))}</h2>
            <p>{texts.members_remove_consequence()}</p>
            <div class="actions">
                {removal(state, id)}
                <a class="button" href=state.url()>{texts.cancel()}</a>
            </div>
        </section>
    }
    .into_any()
}

/// The same question as a dialog, filled in by its island.
fn dialog(state: &ViewState) -> impl IntoView + use<> {
    let texts = texts();
    view! {
        <dialog class="dialog" data-confirm-dialog="" aria-labelledby="dialog-title">
            <h2 id="dialog-title">{texts.members_remove_this()}</h2>
            <p><strong data-confirm-name=""></strong> ": " {texts.members_remove_consequence()}</p>
            <div class="actions">
                <form method="dialog">
                    <button class="button" type="submit">{texts.cancel()}</button>
                </form>
                {removal(state, String::new())}
            </div>
        </dialog>
        <ConfirmDialog/>
    }
    .into_any()
}

fn removal(state: &ViewState, id: String) -> impl IntoView + use<> {
    view! {
        <form method="post" action=RemoveMember::PATH>
            <input type="hidden" name="org" value=state.slug.clone()/>
            {state.field()}
            <input type="hidden" name="id" value=id/>
            <button class="button button-danger" type="submit">{texts().members_remove()}</button>
        </form>
    }
    .into_any()
}

/// What a member is called: by name, else address, else id.
pub fn called(member: &Member) -> String {
    if !member.name.is_empty() {
        return member.name.clone();
    }
    let email = member.email.clone();
    email.unwrap_or_else(|| member.user_id.to_string())
}
