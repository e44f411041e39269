//! The page's forms, one section each.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::OrganizationView;

use super::{
    actions::{DeleteOrganization, LeaveOrganization, RenameOrganization, TransferOrganization},
    audit::audit_of,
    export::export_of,
    settings_of,
};
use crate::{
    components::field::{TextField, error_of},
    error::Field,
    forms::Refusal,
    language::texts,
    pages::members::{ToChoose, called},
};

/// Name and slug.
#[component]
pub fn RenameSection<'a>(
    organization: &'a OrganizationView,
    refusal: &'a Refusal,
) -> impl IntoView + use<> {
    let texts = texts();
    let error = refusal.of(RenameOrganization::PATH);
    let value = |field, now: &str| match refusal.is_about(RenameOrganization::PATH) {
        true => refusal.kept_for(RenameOrganization::PATH, field),
        false => now.to_owned(),
    };
    view! {
        <section aria-labelledby="rename-title">
            <h2 id="rename-title">{texts.settings_rename()}</h2>
            <form class="form" method="post" action=RenameOrganization::PATH>
                <input type="hidden" name="org" value=organization.slug.clone()/>
                <TextField
                    id="organization-name"
                    name="name"
                    label=texts.settings_rename_name()
                    value=value("name", &organization.name)
                    error=error_of(error, Field::Name)
                />
                <TextField
                    id="organization-slug"
                    name="slug"
                    label=texts.settings_rename_slug()
                    hint=texts.settings_rename_hint()
                    value=value("slug", &organization.slug)
                    error=error_of(error, Field::Slug)
                />
                <button class="button button-primary" type="submit">{texts.settings_rename_submit()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// Taking the organization's data along.
#[component]
pub fn ExportSection<'a>(organization: &'a OrganizationView) -> impl IntoView + use<> {
    let texts = texts();
    view! {
        <section aria-labelledby="export-title">
            <h2 id="export-title">{texts.export_title()}</h2>
            <p class="page-note">{texts.export_about()}</p>
            <a class="button" href=export_of(&organization.slug)>{texts.export_go()}</a>
        </section>
    }
    .into_any()
}

/// Looking at what was done.
#[component]
pub fn AuditSection<'a>(organization: &'a OrganizationView) -> impl IntoView + use<> {
    let texts = texts();
    view! {
        <section aria-labelledby="audit-title">
            <h2 id="audit-title">{texts.audit_title()}</h2>
            <p class="page-note">{texts.audit_about()}</p>
            <a class="button" href=audit_of(&organization.slug)>{texts.audit_open()}</a>
        </section>
    }
    .into_any()
}

/// Handing the organization over.
#[component]
pub fn TransferSection<'a>(
    organization: &'a OrganizationView,
    others: &'a ToChoose,
) -> impl IntoView + use<> {
    let texts = texts();
    let options = others
        .members
        .iter()
        .map(|member| view! { <option value=member.user_id.to_string()>{called(member)}</option> })
        .collect_view();
    let search = others.search_form("find-successor", settings_of(&organization.slug));
    let form = if others.members.is_empty() {
        let nobody = search.is_none().then(|| texts.settings_transfer_nobody());
        view! { {search} {nobody.map(|nobody| view! { <p class="page-note">{nobody}</p> })} }
            .into_any()
    } else {
        view! {
            {search}
            <form class="form" method="post" action=TransferOrganization::PATH>
                <input type="hidden" name="org" value=organization.slug.clone()/>
                <div class="field">
                    <label for="transfer-to">{texts.settings_transfer_to()}</label>
                    <select class="input" id="transfer-to" name="id">{options}</select>
                </div>
                <button class="button" type="submit">{texts.settings_transfer_submit()}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="transfer-title">
            <h2 id="transfer-title">{texts.settings_transfer()}</h2>
            <p class="page-note">{texts.settings_transfer_text()}</p>
            {form}
        </section>
    }
    .into_any()
}

/// Leaving.
#[component]
pub fn LeaveSection<'a>(organization: &'a OrganizationView) -> impl IntoView + use<> {
    let texts = texts();
    view! {
        <section aria-labelledby="leave-title">
            <h2 id="leave-title">{texts.settings_leave()}</h2>
            <p class="page-note">{texts.settings_leave_text()}</p>
            <details class="disclosure">
                <summary class="button">{texts.settings_leave_ask()}</summary>
                <form method="post" action=LeaveOrganization::PATH>
                    <input type="hidden" name="org" value=organization.slug.clone()/>
                    <button class="button button-danger" type="submit">
                        {texts.settings_leave_named(&organization.name)}
                    </button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

/// Deleting.
#[component]
pub fn DeleteSection<'a>(
    organization: &'a OrganizationView,
    grace_days: u32,
    refusal: &'a Refusal,
) -> impl IntoView + use<> {
    let texts = texts();
    let error = refusal.of(DeleteOrganization::PATH);
    view! {
        <section aria-labelledby="delete-title">
            <h2 id="delete-title">{texts.settings_delete()}</h2>
            <p class="page-note">
                {texts.settings_delete_consequence(&organization.name, grace_days)}
            </p>
            <form class="form" method="post" action=DeleteOrganization::PATH>
                <input type="hidden" name="org" value=organization.slug.clone()/>
                <TextField
                    id="delete-confirm"
                    name="confirm"
                    label=texts.settings_delete_confirm()
                    value=refusal.kept_for(DeleteOrganization::PATH, "confirm")
                    error=error_of(error, Field::Confirm)
                />
                <button class="button button-danger" type="submit">{texts.settings_delete_submit()}</button>
            </form>
        </section>
    }
    .into_any()
}
