//! The user menu: who one is here, how pages look and speak, one's data, the way out.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use crate::{
    components::{icons, theme::ThemeSwitch},
    language::{LanguageSwitch, texts},
    pages::{
        shortcuts::SHORTCUTS,
        sign_out::SignOut,
        user::{DATA, PREFERENCES, USER},
    },
};

/// A menu of forms, each working without JavaScript.
#[component]
pub fn UserMenu(
    /// What the person is in the organization that is open.
    role: Option<String>,
) -> impl IntoView {
    let texts = texts();
    let keys = texts.shortcuts_title();
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
                <nav class="menu-foot" aria-label=texts.user_navigation()>
                    <a class="menu-item" href=USER>{texts.user_title()}</a>
                    <a class="menu-item" href=PREFERENCES>{texts.user_preferences()}</a>
                    <a class="menu-item" href=DATA>{texts.user_data()}</a>
                </nav>
                <div class="menu-foot">
                    <a class="menu-item" href=SHORTCUTS data-sheet="" data-key="?">
                        {keys}
                        <kbd class="menu-item-end">"?"</kbd>
                    </a>
                </div>
                <form class="menu-foot" method="post" action=SignOut::PATH>
                    <button class="menu-item" type="submit">{texts.account_sign_out()}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}
