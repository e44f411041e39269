//! The small square that stands before a name.

use leptos::prelude::*;
use url::Url;

/// Pixels of CSS, as long as `style/menus.css` says nothing else.
const SIDE: u32 = 22;

/// The logo of an organization, or else the first letter of a name. Decoration only: the name
/// stands beside it.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    /// Where the logo is, if there is one.
    #[prop(default = None)]
    logo: Option<String>,
) -> impl IntoView {
    if let Some(logo) = logo {
        let side = SIDE.to_string();
        return view! {
            <img
                class="avatar"
                src=sized(&logo, SIDE)
                alt=""
                width=side.clone()
                height=side
                decoding="async"
            />
        }
        .into_any();
    }
    let letter = name
        .chars()
        .find(|c| c.is_alphanumeric())
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_else(|| "·".to_owned());
    view! { <span class="avatar" aria-hidden="true">{letter}</span> }.into_any()
}

/// The address of a picture for a square of `side` pixels of CSS. Clerk's own host makes pictures
/// smaller when asked (Clerk docs: "Image optimization"); twice as large is sharp on most screens.
pub fn sized(url: &str, side: u32) -> String {
    match Url::parse(url) {
        Ok(mut sized) if sized.host_str() == Some("img.clerk.com") => {
            let pixels = (2 * side).to_string();
            sized
                .query_pairs_mut()
                .append_pair("width", &pixels)
                .append_pair("height", &pixels)
                .append_pair("fit", "crop");
            sized.into()
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::sized;

    #[test]
    fn only_clerks_own_host_is_asked_for_a_smaller_picture() {
        assert_eq!(
            sized("https://img.clerk.com/eyJ", 22),
            "https://img.clerk.com/eyJ?width=44&height=44&fit=crop"
        );
        for other in [
            "http://localhost:3000/__clerk/v1/images/img_1",
            "https://img.clerk.com.evil.test/x",
            "no address",
        ] {
            assert_eq!(sized(other, 22), other);
        }
    }
}
