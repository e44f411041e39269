//! Light, dark, high contrast, or what the system says. The choice is a cookie, so the server already renders
//! the right colours and nothing flashes.

use leptos::prelude::*;

/// Applies a pressed theme button at once. Without it the buttons post their form.
#[island]
pub fn InstantTheme() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start();
}

#[cfg(feature = "hydrate")]
fn start() {
    use crate::browser::{attribute, document, find_all, listen, origin_of, set_cookie};

    let Some(document) = document() else { return };
    let Some(root) = document.document_element() else {
        return;
    };
    listen(&document, "click", move |event| {
        let Some(button) = origin_of(&event, "button[name=theme]") else {
            return;
        };
        event.prevent_default();
        let theme = attribute(&button, "value");
        set_cookie("theme", &theme);
        let _ = if theme == "system" {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", &theme)
        };
        for button in find_all("button[name=theme]") {
            let pressed = attribute(&button, "value") == theme;
            let _ = button.set_attribute("aria-pressed", if pressed { "true" } else { "false" });
        }
    });
}

#[cfg(feature = "ssr")]
pub use server::{Theme, ThemeSwitch};

#[cfg(feature = "ssr")]
mod server {
    use http::{header, request::Parts};
    use leptos::prelude::*;
    use leptos::server_fn::ServerFn as _;

    use crate::{
        components::icons,
        error::AppError,
        forms::{self, Done, Posted},
        language::texts,
        redirects,
    };

    /// The person's choice of colours.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Theme {
        /// Whatever the system prefers.
        System,
        /// Always light.
        Light,
        /// Always dark.
        Dark,
        /// Much contrast, light or dark as the system prefers.
        Contrast,
    }

    impl Theme {
        /// The choice in the request's cookie.
        pub fn of_request() -> Self {
            use_context::<Parts>()
                .and_then(|parts| {
                    parts
                        .headers
                        .get_all(header::COOKIE)
                        .iter()
                        .filter_map(|line| line.to_str().ok())
                        .flat_map(|line| line.split(';'))
                        .find_map(|pair| pair.trim().strip_prefix("theme=").map(Self::parse))
                })
                .unwrap_or(Self::System)
        }

        /// The value of the root element's `data-theme`, if it needs one.
        pub fn attribute(self) -> Option<&'static str> {
            match self {
                Self::System => None,
                Self::Light => Some("light"),
                Self::Dark => Some("dark"),
                Self::Contrast => Some("contrast"),
            }
        }

        fn parse(value: &str) -> Self {
            match value {
                "light" => Self::Light,
                "dark" => Self::Dark,
                "contrast" => Self::Contrast,
                _ => Self::System,
            }
        }

        fn key(self) -> &'static str {
            self.attribute().unwrap_or("system")
        }
    }

    /// Remembers the choice of colours for a year and returns to `back`.
    #[server(endpoint = "theme")]
    pub async fn set_theme(theme: String, back: String) -> Result<(), AppError> {
        let theme = Theme::parse(&theme);
        forms::append_cookie(&format!(
            "theme={}; Path=/; Max-Age=31536000; SameSite=Lax",
            theme.key()
        ));
        let page = redirects::own_path(&back).unwrap_or("/").to_owned();
        Posted {
            function: SetTheme::PATH,
            page: page.clone(),
            kept: &[],
        }
        .answer(Ok(Done { page, notice: None }))
    }

    /// A button for each, the current choice pressed.
    #[component]
    pub fn ThemeSwitch() -> impl IntoView {
        let current = Theme::of_request();
        let texts = texts();
        let button = |theme: Theme, label: String, icon: AnyView| {
            view! {
                <button
                    type="submit"
                    name="theme"
                    value=theme.key()
                    title=label.clone()
                    aria-label=label
                    aria-pressed=if theme == current { "true" } else { "false" }
                >
                    {icon}
                </button>
            }
        };
        view! {
            <form class="theme-switch" method="post" action=SetTheme::PATH>
                <input type="hidden" name="back" value=forms::own_path_and_query()/>
                <div role="group" aria-label=texts.theme_label()>
                    {button(Theme::System, texts.theme_system(), icons::monitor().into_any())}
                    {button(Theme::Light, texts.theme_light(), icons::sun().into_any())}
                    {button(Theme::Dark, texts.theme_dark(), icons::moon().into_any())}
                    {button(Theme::Contrast, texts.theme_contrast(), icons::contrast().into_any())}
                </div>
            </form>
        }
        .into_any()
    }
}
