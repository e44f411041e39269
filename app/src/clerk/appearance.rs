//! How Clerk's components look: our tokens, in Clerk's words.

use std::collections::BTreeMap;

use serde::Serialize;

/// Clerk's `appearance`. The values are CSS; our tokens follow the theme by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// Colours, type and shape.
    pub variables: Variables,
    /// What single parts look like, by Clerk's names of them (Clerk docs: "Elements prop").
    pub elements: BTreeMap<&'static str, Part>,
}

/// How a part looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Of its text.
    pub color: &'static str,
}

/// Parts that Clerk gives the colour of what is to be pressed. As text that would be too dark on a
/// dark card.
const LINKS: [&str; 6] = [
    "alternativeMethodsBlockButton",
    "footerActionLink",
    "formFieldAction",
    "formResendCodeLink",
    "headerBackLink",
    "identityPreviewEditButton",
];

/// Clerk's `appearance.variables` (Clerk docs: "Variables prop").
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variables {
    /// What is to be pressed.
    pub color_primary: &'static str,
    /// Text on it.
    pub color_primary_foreground: &'static str,
    /// The cards.
    pub color_background: &'static str,
    /// Text on them.
    pub color_foreground: &'static str,
    /// Less important text.
    pub color_muted_foreground: &'static str,
    /// What stands back.
    pub color_muted: &'static str,
    /// Fields.
    pub color_input: &'static str,
    /// Text in them.
    pub color_input_foreground: &'static str,
    /// What went wrong or is for good.
    pub color_danger: &'static str,
    /// What went well.
    pub color_success: &'static str,
    /// What borders and hovering are mixed from.
    pub color_neutral: &'static str,
    /// Around what has the focus.
    pub color_ring: &'static str,
    /// The typeface.
    pub font_family: &'static str,
    /// Of cards and controls.
    pub border_radius: &'static str,
}

impl Default for Appearance {
    /// As `style/tokens.css` has it.
    fn default() -> Self {
        Self {
            variables: Variables {
                color_primary: "var(--accent)",
                color_primary_foreground: "var(--on-accent)",
                color_background: "var(--surface)",
                color_foreground: "var(--text)",
                color_muted_foreground: "var(--text-muted)",
                color_muted: "var(--subtle)",
                color_input: "var(--surface)",
                color_input_foreground: "var(--text)",
                color_danger: "var(--danger)",
                color_success: "var(--success)",
                color_neutral: "var(--text)",
                color_ring: "var(--focus)",
                font_family: "var(--font)",
                border_radius: "var(--radius)",
            },
            elements: LINKS
                .map(|link| {
                    let color = "var(--text-link)";
                    (link, Part { color })
                })
                .into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_that_clerk_is_given_exists() {
        let tokens = include_str!("../../../style/tokens.css");
        let appearance = serde_json::to_value(Appearance::default()).unwrap();
        let variables = appearance["variables"].as_object().unwrap();
        assert_eq!(variables["colorPrimary"], "var(--accent)");
        let parts = appearance["elements"].as_object().unwrap();
        let colours = parts.values().map(|part| &part["color"]);
        for value in variables.values().chain(colours) {
            let token = value.as_str().unwrap();
            let token = token.trim_start_matches("var(").trim_end_matches(')');
            assert!(tokens.contains(&format!("\n  {token}: ")), "{token}");
        }
    }
}
