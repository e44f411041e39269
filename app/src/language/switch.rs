//! Choosing the language: a form of buttons, each with its language's own name.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{COOKIE, Language, texts};
use crate::{
    context::request_context,
    error::AppError,
    forms::{self, Done, Posted},
    redirects,
};

/// Remembers the language for a year and returns to `back`.
///
/// # Errors
/// [`AppError::BadRequest`] for a language that there is not.
#[server(endpoint = "language")]
pub async fn set_language(lang: String, back: String) -> Result<(), AppError> {
    let page = redirects::own_path(&back).unwrap_or("/").to_owned();
    let outcome = remember(&lang).map(|()| Done {
        page: page.clone(),
        notice: None,
    });
    Posted {
        function: SetLanguage::PATH,
        page,
        kept: &[],
    }
    .answer(outcome)
}

fn remember(lang: &str) -> Result<(), AppError> {
    let language: Language = lang.parse().map_err(|_| AppError::BadRequest)?;
    let https = request_context()?.config.public_url.scheme() == "https";
    let secure = if https { "; Secure" } else { "" };
    forms::append_cookie(&format!(
        "{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}",
        language.code()
    ));
    Ok(())
}

/// One button for each language, the current one pressed.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let current = Language::of_request();
    let buttons = Language::iter()
        .map(|language| {
            view! {
                <button
                    type="submit"
                    name="lang"
                    value=language.code()
                    lang=language.code()
                    aria-pressed=if *language == current { "true" } else { "false" }
                >
                    {language.language_name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="language-switch" method="post" action=SetLanguage::PATH>
            <input type="hidden" name="back" value=forms::own_path_and_query()/>
            <div role="group" aria-label=texts().language_label()>{buttons}</div>
        </form>
    }
    .into_any()
}
