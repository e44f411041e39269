//! The picture of the product: a board, as `cargo xtask screenshots` takes it, in the colours of the
//! page around it.

use leptos::prelude::*;

use crate::{components::theme::Theme, language::texts, preferences::Preferences};

/// On small screens a part of the board, in its own size: when that is shown in the dark, always and
/// when the system decides.
const NARROW: [&str; 2] = [
    "(max-width: 40rem)",
    "(max-width: 40rem) and (prefers-color-scheme: dark)",
];
/// The same for the whole board.
const WIDE: [&str; 2] = ["all", "(prefers-color-scheme: dark)"];
/// How wide the whole board is shown.
const SIZES: &str = "(max-width: 76rem) 94vw, 73rem";

/// It is the largest thing on the page, so it is not loaded lazily; its place is kept free.
///
/// When the theme is changed, the island `InstantTheme` changes the `media` of what is `data-dark`.
#[component]
pub fn Picture() -> impl IntoView {
    let theme = Preferences::of_request().theme;
    let when = |[dark, system]: [&'static str; 2]| match theme {
        Theme::Light => "not all",
        Theme::Dark => dark,
        Theme::System | Theme::Contrast => system,
    };
    view! {
        <figure class="shot">
            <picture>
                <source
                    media=when(NARROW)
                    data-dark=NARROW[0]
                    data-system=NARROW[1]
                    srcset="/images/board-dark-narrow.webp"
                    width="480"
                    height="560"
                />
                <source
                    media=NARROW[0]
                    srcset="/images/board-light-narrow.webp"
                    width="480"
                    height="560"
                />
                <source
                    media=when(WIDE)
                    data-dark=WIDE[0]
                    data-system=WIDE[1]
                    srcset=wide("dark")
                    sizes=SIZES
                />
                <img
                    srcset=wide("light")
                    sizes=SIZES
                    src="/images/board-light-1280.webp"
                    width="1280"
                    height="720"
                    alt=texts().landing_picture()
                    fetchpriority="high"
                    decoding="async"
                />
            </picture>
        </figure>
    }
    .into_any()
}

fn wide(scheme: &str) -> String {
    format!("/images/board-{scheme}-1280.webp 1280w, /images/board-{scheme}-2560.webp 2560w")
}
