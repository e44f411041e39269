//! A listbox under a field: links and buttons as options, one of them marked, while the focus stays in
//! the field (WAI-ARIA Authoring Practices: combobox with a listbox popup).

use web_sys::Element;

use crate::browser::{click, find_all_in};

const OPTION: &str = "[role=option]";
const MARKED: &str = "aria-selected";
const MARKED_IN_FIELD: &str = "aria-activedescendant";

/// Where to go from the option that is marked.
#[derive(Clone, Copy)]
pub enum Step {
    /// To the one before; from the first one to the last.
    Up,
    /// To the one after; from the last one to the first.
    Down,
}

/// What can be chosen.
pub struct Options {
    /// The listbox. It has an id.
    pub list: Element,
}

impl Options {
    /// Shows what `found` holds, the first option marked.
    pub fn show(&self, field: &Element, found: &Element) {
        self.list.set_inner_html(&found.inner_html());
        for frame in find_all_in(&self.list, ":is(h2, ul, li, form)") {
            let _ = frame.set_attribute("role", "presentation");
        }
        for group in find_all_in(&self.list, "section") {
            let _ = group.set_attribute("role", "group");
        }
        let options = find_all_in(&self.list, ":is(a, button)");
        for (place, option) in options.iter().enumerate() {
            option.set_id(&[&self.list.id(), "-", &place.to_string()].concat());
            let _ = option.set_attribute("role", "option");
            let _ = option.set_attribute("tabindex", "-1");
            let _ = option.remove_attribute("aria-pressed");
        }
        self.unmark(field);
        if let Some(first) = options.first() {
            mark(field, first);
        }
    }

    /// Marks the next option; after the last one comes the first.
    pub fn step(&self, field: &Element, step: Step) {
        let options = find_all_in(&self.list, OPTION);
        let here = options.iter().position(is_marked);
        let there = match (step, here) {
            (Step::Down, Some(here)) => (here + 1) % options.len(),
            (Step::Up, Some(here)) if here > 0 => here - 1,
            (Step::Down, None) => 0,
            (Step::Up, _) => options.len().saturating_sub(1),
        };
        self.unmark(field);
        if let Some(option) = options.get(there) {
            mark(field, option);
        }
    }

    /// Does what the marked option does; `false` when none is.
    pub fn press(&self) -> bool {
        self.marked().as_ref().map(click).is_some()
    }

    /// The option that is marked.
    pub fn marked(&self) -> Option<Element> {
        find_all_in(&self.list, OPTION).into_iter().find(is_marked)
    }

    /// Marks none.
    pub fn unmark(&self, field: &Element) {
        let _ = field.remove_attribute(MARKED_IN_FIELD);
        for option in find_all_in(&self.list, OPTION) {
            let _ = option.set_attribute(MARKED, "false");
        }
    }

    /// Shows none.
    pub fn clear(&self, field: &Element) {
        self.unmark(field);
        self.list.set_inner_html("");
    }
}

fn is_marked(option: &Element) -> bool {
    option.get_attribute(MARKED).as_deref() == Some("true")
}

fn mark(field: &Element, option: &Element) {
    let _ = option.set_attribute(MARKED, "true");
    let _ = field.set_attribute(MARKED_IN_FIELD, &option.id());
    option.scroll_into_view_with_bool(false);
}
