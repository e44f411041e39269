//! The user menu: who one is here, how pages look and speak, one's data, the way out.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use crate::{
    components::{icons, theme::ThemeSwitch},
    export,
    language::{LanguageSwitch, texts},
    pages::sign_out::SignOut,
};

/// A menu of forms, each working without JavaScript.
#[component]
pub fn UserMenu(
    /// What the person is in the organization that is open.
    role: Option<String>,
) -> impl IntoView {
    let texts = texts();
    view! {
        <details class="menu menu-end" data-menu="">
            <summary class="menu-button">
                {icons::person()}
                <span class="hide-narrow">{texts.account()}</span>
                <span class="visually-hidden show-narrow">{texts.account()}</span>
                {icons::chevron_down()}
            </summary>
            <div class="menu-panel">
                {role.map(|role| view! { <p class="menu-note">{role}</p> })}
                <div class="menu-row">
                    <span>{texts.theme_label()}</span>
                    <ThemeSwitch/>
                </div>
                <div class="menu-row">
                    <span>{texts.language_label()}</span>
                    <LanguageSwitch/>
                </div>
                <form class="menu-foot" method="post" action=export::PERSON_FORM>
                    <button class="menu-item" type="submit">{texts.account_download()}</button>
                </form>
                <form class="menu-foot" method="post" action=SignOut::PATH>
                    <button class="menu-item" type="submit">{texts.account_sign_out()}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}
