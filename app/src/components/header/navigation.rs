//! The sections of an organization: a row of links, and on a narrow screen a menu of the same.

use leptos::prelude::*;

use crate::{
    components::icons,
    forms,
    language::{Texts, texts},
    pages::overview::overview_of,
};

/// What a section is called in a language.
pub type Name = fn(&Texts) -> String;

/// The part of an address below the organization's, what the section is called, and the keys that
/// lead there (`components/shortcuts.rs`).
pub const SECTIONS: [(&str, Name, &str); 7] = [
    ("", Texts::overview_title, "g o"),
    ("/projects", Texts::projects_title, "g p"),
    ("/my-tasks", Texts::my_tasks_title, "g t"),
    ("/search", Texts::search_title, "g f"),
    ("/members", Texts::members_title, "g m"),
    (INSIGHTS, Texts::insights_title, "g i"),
    ("/settings", Texts::settings_title, "g s"),
];

/// The section that not everybody may open.
pub const INSIGHTS: &str = "/insights";

/// The main navigation. Both forms of it stand in the page; the style sheet shows one, so only
/// one is read out.
#[component]
pub fn Navigation(
    slug: String,
    /// The address of the first step below the organization on the way to the page: of its section,
    /// whatever the page's own address.
    step: Option<String>,
    /// Whether the reader may open the insights.
    insights: bool,
) -> impl IntoView {
    let texts = texts();
    let home = overview_of(&slug);
    let path = forms::own_path();
    let below = |address: &str| address.strip_prefix(&home).unwrap_or_default().to_owned();
    let here = section_of(&below(step.as_deref().unwrap_or(&path)));
    let below = below(&path);
    let links = move || {
        SECTIONS
            .into_iter()
            .filter(|(section, ..)| insights || *section != INSIGHTS)
            .map(|(section, name, keys)| {
                let current =
                    (section == here).then(|| if section == below { "page" } else { "true" });
                view! {
                    <li>
                        <a
                            class="nav-link"
                            href=format!("{home}{section}")
                            aria-current=current
                            data-key=keys
                        >
                            {name(texts)}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    let name = SECTIONS
        .into_iter()
        .find(|(section, ..)| *section == here)
        .map(|(_, name, _)| name(texts));
    view! {
        <nav class="nav nav-wide" aria-label=texts.navigation_label()>
            <ul>{links()}</ul>
        </nav>
        <details class="menu nav-narrow" data-menu="">
            <summary class="menu-button">
                {icons::menu()}
                <span class="visually-hidden">{texts.navigation_label()} ": "</span>
                {name}
                {icons::chevron_down()}
            </summary>
            <nav class="menu-panel" aria-label=texts.navigation_label()>
                <ul>{links()}</ul>
            </nav>
        </details>
    }
    .into_any()
}

/// The section that an address below the organization's belongs to.
fn section_of(below: &str) -> &'static str {
    SECTIONS
        .into_iter()
        .map(|(section, ..)| section)
        .filter(|section| {
            below
                .strip_prefix(section)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .max_by_key(|section| section.len())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, section_of};

    #[test]
    fn no_two_sections_have_the_same_keys() {
        let mut keys: Vec<_> = SECTIONS.iter().map(|(.., keys)| keys).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), SECTIONS.len());
    }

    #[test]
    fn an_address_belongs_to_the_longest_section() {
        assert_eq!(section_of(""), "");
        assert_eq!(section_of("/projects"), "/projects");
        assert_eq!(section_of("/projects/0192/tasks"), "/projects");
        assert_eq!(section_of("/projectsx"), "");
        assert_eq!(section_of("/else"), "");
    }
}
