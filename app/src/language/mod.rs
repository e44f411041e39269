//! The languages that pages speak, and their texts.
//!
//! The texts stand in `app/locales/<language>/*.ftl` (Fluent, one file per page), and the build
//! script makes one function of each: `texts().projects_title()`. A message that only one of the
//! languages has gets no function, so that a page with a missing translation does not compile.

mod generated;
mod switch;

use std::sync::LazyLock;

use fluent_langneg::accepted_languages;
use http::{HeaderMap, HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::forms;

pub use generated::{L10n as Language, L10nLanguage as Texts};
pub use switch::LanguageSwitch;

/// The cookie with somebody's choice.
const COOKIE: &str = "lang";

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Language::En.load());
static GERMAN: LazyLock<Texts> = LazyLock::new(|| Language::De.load());

/// The texts in the language of the request that is being answered.
///
/// A text costs a look-up and a copy; take `texts()` once for a component.
pub fn texts() -> &'static Texts {
    Language::of_request().texts()
}

/// Tells browsers and caches which language a page is in, and what that depends on.
pub fn say_which(language: Language) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(language.code()),
        );
        response.append_header(
            header::VARY,
            HeaderValue::from_static("Cookie, Accept-Language"),
        );
    }
}

impl Language {
    /// The language of the request that is being answered: the one its context was given, else
    /// what the request says itself.
    pub fn of_request() -> Self {
        use_context::<Self>()
            .or_else(|| use_context::<Parts>().map(|parts| Self::wanted(&parts.headers)))
            .unwrap_or_default()
    }

    /// What a request asks for: its cookie's language, else the first of its `Accept-Language`
    /// that there is, else English.
    pub fn wanted(headers: &HeaderMap) -> Self {
        if let Some(chosen) = forms::cookie(headers, "lang").and_then(|code| code.parse().ok()) {
            return chosen;
        }
        let Some(accepted) = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|line| line.to_str().ok())
        else {
            return Self::default();
        };
        accepted_languages::parse(accepted)
            .iter()
            .find_map(|wanted| wanted.language.as_str().parse().ok())
            .unwrap_or_default()
    }

    /// Its code (BCP 47), as in `<html lang>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// All that can be said in it.
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::En => &ENGLISH,
            Self::De => &GERMAN,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn wanted(cookie: &str, accepted: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_str(accepted).unwrap(),
        );
        Language::wanted(&headers).code()
    }

    #[test]
    fn the_cookie_decides_then_the_browser_then_english() {
        assert_eq!(wanted("", ""), "en");
        assert_eq!(wanted("", "de"), "de");
        assert_eq!(wanted("", "de-AT,de;q=0.9,en;q=0.8"), "de");
        assert_eq!(wanted("", "fr-FR, de;q=0.7, en;q=0.3"), "de");
        assert_eq!(wanted("", "fr, ;;q=, *"), "en");
        assert_eq!(wanted("a=b; lang=en", "de"), "en");
        assert_eq!(wanted("lang=de; theme=dark", "en"), "de");
        assert_eq!(wanted("lang=\"><script>", "de"), "de");
        assert_eq!(wanted("xlang=de", "en"), "en");
    }

    #[test]
    fn both_languages_load_and_differ() {
        let (english, german) = (Language::En.texts(), Language::De.texts());
        assert_eq!(english.projects_title(), "Projects");
        assert_eq!(german.projects_title(), "Projekte");
        for language in Language::iter() {
            assert_eq!(Ok(*language), language.code().parse());
        }
    }
}
