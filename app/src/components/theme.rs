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
        // The mark says that the server has not saved it yet: see `preferences`.
        set_cookie("theme", &[&theme, "~"].concat());
        save(&theme);
        let _ = if theme == "system" {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", &theme)
        };
        for source in find_all("source[data-dark]") {
            let media = match theme.as_str() {
                "light" => "not all".to_owned(),
                "dark" => attribute(&source, "data-dark"),
                _ => attribute(&source, "data-system"),
            };
            let _ = source.set_attribute("media", &media);
        }
        for button in find_all("button[name=theme]") {
            let pressed = attribute(&button, "value") == theme;
            let _ = button.set_attribute("aria-pressed", if pressed { "true" } else { "false" });
        }
    });
}

/// Posts the choice as its form would, without waiting; it arrives even if the page is left.
#[cfg(feature = "hydrate")]
fn save(theme: &str) {
    use crate::browser::{attribute, find, window};

    let Some(form) = find("form.theme-switch") else {
        return;
    };
    let (Some(window), Ok(body)) = (window(), web_sys::UrlSearchParams::new()) else {
        return;
    };
    body.append("theme", theme);
    body.append("back", "/");
    let _ = window
        .navigator()
        .send_beacon_with_opt_url_search_params(&attribute(&form, "action"), Some(&body));
}

#[cfg(feature = "ssr")]
pub use server::{SetTheme, Theme, ThemeSwitch};

#[cfg(feature = "ssr")]
mod server {
    use leptos::prelude::*;
    use leptos::server_fn::ServerFn as _;
    use store::Preferences as Stored;

    use crate::{
        components::icons,
        context::request_context,
        error::AppError,
        forms::{self, Done, Posted},
        language::{Texts, texts},
        pages::user::preferences::save,
        preferences::Preferences,
        redirects,
    };

    /// The person's choice of colours.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub enum Theme {
        /// Whatever the system prefers.
        #[default]
        System,
        /// Always light.
        Light,
        /// Always dark.
        Dark,
        /// Much contrast, light or dark as the system prefers.
        Contrast,
    }

    impl Theme {
        /// All, in the order in which they are offered.
        pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::Contrast];

        /// The value of the root element's `data-theme`, if it needs one.
        pub fn attribute(self) -> Option<&'static str> {
            match self {
                Self::System => None,
                Self::Light => Some("light"),
                Self::Dark => Some("dark"),
                Self::Contrast => Some("contrast"),
            }
        }

        /// Reads what [`Self::key`] writes.
        pub fn parse(value: &str) -> Option<Self> {
            Self::ALL.into_iter().find(|theme| theme.key() == value)
        }

        /// What people read.
        pub fn name(self, texts: &Texts) -> String {
            match self {
                Self::System => texts.theme_system(),
                Self::Light => texts.theme_light(),
                Self::Dark => texts.theme_dark(),
                Self::Contrast => texts.theme_contrast(),
            }
        }

        /// Its name in cookies, metadata and forms.
        pub fn key(self) -> &'static str {
            self.attribute().unwrap_or("system")
        }

        /// A picture of it.
        pub fn icon(self) -> AnyView {
            match self {
                Self::System => icons::monitor().into_any(),
                Self::Light => icons::sun().into_any(),
                Self::Dark => icons::moon().into_any(),
                Self::Contrast => icons::contrast().into_any(),
            }
        }
    }

    /// Remembers the choice of colours, for somebody who is signed in at Clerk too, and returns to
    /// `back`. When Clerk does not answer, the choice stands in this browser.
    #[server(endpoint = "theme")]
    pub async fn set_theme(theme: String, back: String) -> Result<(), AppError> {
        let theme = Theme::parse(&theme).unwrap_or_default();
        let context = request_context()?;
        let saved = match context.session() {
            Ok(session) => save(&context, session, &[(Stored::THEME, theme.key())]).await,
            Err(_) => Ok(()),
        };
        match saved {
            Ok(()) => theme.remember(),
            Err(error) => {
                tracing::warn!(%error, "a theme was not saved at Clerk");
                theme.remember_here();
            }
        }
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
        let current = Preferences::of_request().theme;
        let texts = texts();
        let button = |theme: Theme| {
            let label = theme.name(texts);
            view! {
                <button
                    type="submit"
                    name="theme"
                    value=theme.key()
                    title=label.clone()
                    aria-label=label
                    aria-pressed=if theme == current { "true" } else { "false" }
                >
                    {theme.icon()}
                </button>
            }
        };
        view! {
            <form class="theme-switch" method="post" action=SetTheme::PATH>
                <input type="hidden" name="back" value=forms::own_path_and_query()/>
                <div role="group" aria-label=texts.theme_label()>
                    {Theme::ALL.map(button).collect_view()}
                </div>
            </form>
        }
        .into_any()
    }
}
