//! What the palette offers by itself: the sections of an organization, and what can be begun.

use super::NEW_PROJECT;
use crate::{
    components::header::{INSIGHTS, SECTIONS},
    language::texts,
    pages::{
        app_home::projects_of, overview::overview_of, select_organization::SELECT_ORGANIZATION,
        shortcuts::SHORTCUTS,
    },
};

/// A place to go to.
#[derive(Debug)]
pub struct Command {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// The keys that lead there as well; empty when there are none.
    pub keys: &'static str,
}

/// What the person may do beyond what every member may.
pub struct May {
    pub create: bool,
    pub see_insights: bool,
}

/// The commands of the organization `slug` that fit what was typed.
pub fn commands(slug: &str, may: &May, query: &str) -> Vec<Command> {
    let texts = texts();
    let home = overview_of(slug);
    let sections = SECTIONS
        .into_iter()
        .filter(|(section, ..)| may.see_insights || *section != INSIGHTS)
        .map(|(section, name, keys)| Command {
            href: format!("{home}{section}"),
            label: name(texts),
            keys,
        });
    let create = may.create.then(|| Command {
        href: format!("{}#{NEW_PROJECT}", projects_of(slug)),
        label: texts.projects_new(),
        keys: "c",
    });
    let more = [
        Command {
            href: format!("{SELECT_ORGANIZATION}#create"),
            label: texts.organization_create(),
            keys: "",
        },
        Command {
            href: SHORTCUTS.to_owned(),
            label: texts.shortcuts_title(),
            keys: "?",
        },
    ];
    sections
        .chain(create)
        .chain(more)
        .filter(|command| fits(&command.label, query))
        .collect()
}

/// Whether every word that was typed begins one of the label's, whatever its case.
pub fn fits(label: &str, query: &str) -> bool {
    let label = label.to_lowercase();
    query
        .to_lowercase()
        .split_whitespace()
        .all(|word| label.split_whitespace().any(|part| part.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn every_word_has_to_begin_one() {
        assert!(fits("New project", ""));
        assert!(fits("New project", " PRO  ne"));
        assert!(!fits("New project", "ject"));
        assert!(!fits("New project", "new task"));
        assert!(fits("Übersicht", "über"));
    }
}
