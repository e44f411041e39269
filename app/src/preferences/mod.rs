//! How the person likes pages: colours, density, time zone.
//!
//! They are kept in the person's public metadata at Clerk, and from there in the local row, which
//! entering an organization reads anyway. Cookies repeat them for the pages that read no row, such
//! as the landing page: what the row says is taken over into the cookies where they differ.

mod density;
mod zone;

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, request::Parts};
use leptos::prelude::*;
use store::Preferences as Stored;

use crate::{components::theme::Theme, context::request_context, forms};

pub use density::Density;
pub use zone::{Zone, names_of_zones};

/// What a choice ends with in its cookie while Clerk has not taken it yet. Until then it is younger
/// than the row, and stands.
const UNSAVED: char = '~';

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Colours.
    pub theme: Theme,
    /// How close things stand.
    pub density: Density,
    /// Where the person's days begin.
    pub zone: Zone,
}

/// Those of the request, which the row may change while the page is being made.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<Preferences>>);

impl Shown {
    fn get(&self) -> Preferences {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, preferences: Preferences) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = preferences;
    }
}

impl Preferences {
    /// What the page that is being rendered goes by.
    pub fn of_request() -> Self {
        use_context::<Shown>()
            .map(|shown| shown.get())
            .unwrap_or_default()
    }

    /// Begins a request with what its cookies say.
    pub fn provide_from_cookies() {
        let read = |parts: Parts| Self::of_cookies(&parts.headers);
        let preferences = use_context::<Parts>().map(read).unwrap_or_default();
        provide_context(Shown(Arc::new(Mutex::new(preferences))));
    }

    fn of_cookies(headers: &HeaderMap) -> Self {
        let text = |name| forms::cookie(headers, name).unwrap_or_default();
        Self {
            theme: Theme::parse(text(Stored::THEME).trim_end_matches(UNSAVED)).unwrap_or_default(),
            density: Density::parse(text(Stored::DENSITY)).unwrap_or_default(),
            zone: Zone::parse(text(Stored::TIME_ZONE)).unwrap_or_default(),
        }
    }

    /// Goes by what the person's row says, where it says anything, from here on; the answer brings
    /// the cookies up to date.
    pub fn take_over(stored: &Stored) {
        let Some(shown) = use_context::<Shown>() else {
            return;
        };
        let before = shown.get();
        let unsaved = use_context::<Parts>().is_some_and(|parts| {
            forms::cookie(&parts.headers, Stored::THEME)
                .is_some_and(|value| value.ends_with(UNSAVED))
        });
        let after = before.clone().with(stored, unsaved);
        if after != before {
            after.remember_where_other_than(&before);
            shown.set(after);
        }
    }

    fn with(mut self, stored: &Stored, unsaved_theme: bool) -> Self {
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        if let Some(theme) = Theme::parse(&known(&stored.theme)).filter(|_| !unsaved_theme) {
            self.theme = theme;
        }
        if let Some(density) = Density::parse(&known(&stored.density)) {
            self.density = density;
        }
        if let Some(zone) = Zone::parse(&known(&stored.time_zone)) {
            self.zone = zone;
        }
        self
    }

    /// Adds a cookie to the answer for each that differs.
    pub fn remember_where_other_than(&self, before: &Self) {
        if self.theme != before.theme {
            self.theme.remember();
        }
        if self.density != before.density {
            remember(Stored::DENSITY, self.density.key());
        }
        if self.zone != before.zone {
            remember(Stored::TIME_ZONE, self.zone.name());
        }
    }
}

impl Theme {
    /// Keeps the choice in its cookie, as one that is saved.
    pub fn remember(self) {
        remember(Stored::THEME, self.key());
    }

    /// Keeps it in its cookie as one that is not saved, which stands over what the row says.
    pub fn remember_here(self) {
        remember(Stored::THEME, &format!("{}{UNSAVED}", self.key()));
    }
}

/// Keeps `value`, a word of ours, in the cookie `name` for a year. Scripts may read it: the theme's
/// switch writes it.
fn remember(name: &str, value: &str) {
    let https =
        request_context().is_ok_and(|context| context.config.public_url.scheme() == "https");
    let secure = if https { "; Secure" } else { "" };
    forms::append_cookie(&format!(
        "{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}"
    ));
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, header};

    use super::*;

    fn of(cookies: &str) -> Preferences {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookies).unwrap());
        Preferences::of_cookies(&headers)
    }

    #[test]
    fn cookies_say_what_is_known_and_nothing_else() {
        let likes = of("theme=dark~; density=compact; time_zone=Europe/Berlin");
        assert_eq!(likes.theme, Theme::Dark);
        assert_eq!(likes.density, Density::Compact);
        assert_eq!(likes.zone.name(), "Europe/Berlin");
        let odd = of("theme=<script>; density=; time_zone=Mars/Olympus");
        assert_eq!(odd, Preferences::default());
    }

    #[test]
    fn the_row_wins_over_the_cookies_but_for_what_is_not_saved_yet() {
        let row = Stored {
            theme: Some("light".into()),
            density: Some("crowded".into()),
            time_zone: Some("Asia/Tokyo".into()),
        };
        let likes = of("theme=dark; density=compact").with(&row, false);
        assert_eq!(likes.theme, Theme::Light);
        assert_eq!(
            likes.density,
            Density::Compact,
            "what the row says is no density"
        );
        assert_eq!(likes.zone.name(), "Asia/Tokyo");
        let likes = of("theme=dark~").with(&row, true);
        assert_eq!(likes.theme, Theme::Dark);
        let nothing = Stored::default();
        assert_eq!(of("theme=dark").with(&nothing, false).theme, Theme::Dark);
    }
}
