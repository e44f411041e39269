//! The frames that pages stand in.

use leptos::prelude::*;
use leptos_meta::Html;

use crate::{
    components::{
        header::PublicHeader, menu::MenuManners, sheet::Sheet, shortcuts::Shortcuts,
        submit_once::SubmitOnce, theme::InstantTheme,
    },
    language::{LanguageSwitch, texts},
    preferences::Preferences,
};

/// The id of the main landmark, where the skip link leads.
pub const MAIN: &str = "main";

/// A public page: simple header, one main region, footer.
#[component]
pub fn PublicPage(
    /// Further classes of the main region.
    #[prop(optional)]
    class: &'static str,
    /// Whether somebody is signed in; pages of errors and of signing in do not say.
    #[prop(optional)]
    signed_in: Option<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <PublicHeader signed_in=signed_in/>
        <main id=MAIN class=format!("public {class}") tabindex="-1">{children()}</main>
        <footer class="footer">
            <p>{texts().footer_line()}</p>
            <LanguageSwitch/>
        </footer>
        <Manners/>
    }
    .into_any()
}

/// The islands that every page has, and how the person likes it to look. Comes last in a page: by
/// then it is known who that is.
#[component]
pub fn Manners() -> impl IntoView {
    let likes = Preferences::of_request();
    view! {
        <Html
            {..}
            data-theme=likes.theme.attribute()
            data-density=likes.density.attribute()
        />
        <MenuManners/>
        <SubmitOnce/>
        <InstantTheme/>
        <Shortcuts/>
        <Sheet/>
    }
    .into_any()
}
