//! The sections of an organization: a row of links, and on a narrow screen a menu of the same.

use leptos::prelude::*;

use crate::{
    components::icons,
    forms,
    language::{Texts, texts},
    pages::overview::overview_of,
};

/// What a section is called in a language.
type Name = fn(&Texts) -> String;

/// The part of an address below the organization's, and what the section is called.
const SECTIONS: [(&str, Name); 6] = [
    ("", Texts::overview_title),
    ("/projects", Texts::projects_title),
    ("/my-tasks", Texts::my_tasks_title),
    ("/search", Texts::search_title),
    ("/members", Texts::members_title),
    ("/settings", Texts::settings_title),
];

/// The main navigation. Both forms of it stand in the page; the style sheet shows one, so only
/// one is read out.
#[component]
pub fn Navigation(slug: String) -> impl IntoView {
    let texts = texts();
    let home = overview_of(&slug);
    let path = forms::own_path();
    let below = path.strip_prefix(&home).unwrap_or_default().to_owned();
    let here = section_of(&below);
    let links = move || {
        SECTIONS
            .into_iter()
            .map(|(section, name)| {
                let current =
                    (section == here).then(|| if section == below { "page" } else { "true" });
                view! {
                    <li>
                        <a class="nav-link" href=format!("{home}{section}") aria-current=current>
                            {name(texts)}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    let name = SECTIONS
        .into_iter()
        .find(|(section, _)| *section == here)
        .map(|(_, name)| name(texts));
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
    // A task is a project's, whatever its address.
    if below.starts_with("/tasks/") {
        return "/projects";
    }
    SECTIONS
        .into_iter()
        .map(|(section, _)| section)
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
    use super::section_of;

    #[test]
    fn an_address_belongs_to_the_longest_section() {
        assert_eq!(section_of(""), "");
        assert_eq!(section_of("/projects"), "/projects");
        assert_eq!(section_of("/projects/0192/tasks"), "/projects");
        assert_eq!(section_of("/tasks/0192"), "/projects");
        assert_eq!(section_of("/projectsx"), "");
        assert_eq!(section_of("/else"), "");
    }
}
