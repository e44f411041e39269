//! Makes an element what it is in a fresh page, node by node, so that all that is the same stays
//! the same node: with its focus, its listeners and its place. What somebody is in the middle of
//! stays as it is, however it is in the fresh page.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, FocusOptions, HtmlElement, Node};

use crate::browser::{attribute, document};

/// What an island, a person or an earlier answer put there.
const KEPT: &str = "leptos-island, [role=status], [role=alert], [aria-busy=true], [data-live-keep], \
                    .conflict, dialog[open], details[data-menu][open]";
/// A form that tells of something that is to be mended.
const REFUSED: &str = ".conflict, .field-error, [aria-invalid=true]";
const FIELDS: &str = "input, textarea, select";

/// Makes the content of `old` that of `new`. Whether words or elements came or went.
pub fn morph(old: &Element, new: &Element) -> Result<bool, JsValue> {
    let focused = active();
    let mut morph = Morph {
        new: new.clone(),
        focused: focused.clone(),
        changed: false,
    };
    morph.children(old, new)?;
    if let Some(focused) = focused
        && focused.is_connected()
        && active().as_ref() != Some(&focused)
        && let Ok(focused) = focused.dyn_into::<HtmlElement>()
    {
        let still = FocusOptions::new();
        still.set_prevent_scroll(true);
        focused.focus_with_options(&still)?;
    }
    Ok(morph.changed)
}

/// Whether somebody would lose something if the element went.
pub fn is_precious(element: &Element) -> bool {
    is_kept(element)
        || all(element, "form").iter().any(is_kept)
        || element
            .query_selector("dialog[open]")
            .is_ok_and(|open| open.is_some())
}

struct Morph {
    new: Element,
    /// What had the focus before. It loses it while it is moved.
    focused: Option<Element>,
    changed: bool,
}

impl Morph {
    fn element(&mut self, old: &Element, new: &Element) -> Result<(), JsValue> {
        if is_kept(old) {
            return Ok(());
        }
        if self.focused.as_ref() != Some(old) {
            attributes(old, new)?;
        }
        self.children(old, new)
    }

    fn children(&mut self, old: &Element, new: &Element) -> Result<(), JsValue> {
        let mut cursor = old.first_child();
        let mut next = new.first_child();
        while let Some(wanted) = next {
            next = wanted.next_sibling();
            // Mostly it is where it was, and a long board need not be searched for it.
            if let Some(found) = cursor.take_if(|node| has_same_key(node, &wanted)) {
                cursor = found.next_sibling();
                self.node(&found, &wanted)?;
                continue;
            }
            // Others need not be moved around what goes.
            while let Some(gone) = cursor.take_if(|node| self.is_gone(node)) {
                cursor = gone.next_sibling();
                self.remove(&gone)?;
            }
            let Some(found) = self.find(old, cursor.as_ref(), &wanted) else {
                let fresh = document()
                    .ok_or(JsValue::NULL)?
                    .import_node_with_deep(&wanted, true)?;
                old.insert_before(&fresh, cursor.as_ref())?;
                self.note(&wanted);
                continue;
            };
            if key(&found).is_empty() {
                // What stands before it is not in the fresh page.
                while let Some(gone) = cursor.take_if(|node| *node != found) {
                    cursor = gone.next_sibling();
                    self.remove(&gone)?;
                }
                cursor = found.next_sibling();
            } else if cursor.as_ref() == Some(&found) {
                cursor = found.next_sibling();
            } else {
                old.insert_before(&found, cursor.as_ref())?;
                self.changed = true;
            }
            self.node(&found, &wanted)?;
        }
        while let Some(gone) = cursor {
            cursor = gone.next_sibling();
            self.remove(&gone)?;
        }
        Ok(())
    }

    fn node(&mut self, old: &Node, new: &Node) -> Result<(), JsValue> {
        // The browser is much quicker at comparing whole trees.
        if old.is_equal_node(Some(new)) {
            return Ok(());
        }
        if let (Some(old), Some(new)) = (old.dyn_ref(), new.dyn_ref()) {
            return self.element(old, new);
        }
        if old.node_value() != new.node_value() {
            old.set_node_value(new.node_value().as_deref());
            self.note(new);
        }
        Ok(())
    }

    /// The node that `wanted` is at present: by its key wherever it stands, or else the first one
    /// from `cursor` on that is of its kind.
    fn find(&self, list: &Element, cursor: Option<&Node>, wanted: &Node) -> Option<Node> {
        let key = key(wanted);
        if !key.is_empty() {
            // A card may come from another column.
            let root = list.closest("main").ok()??;
            return by_key(&root, &key).filter(|found| !found.contains(Some(list)));
        }
        let mut candidate = cursor.cloned();
        while let Some(node) = candidate {
            if is_alike(&node, wanted) {
                return Some(node);
            }
            candidate = node.next_sibling();
        }
        None
    }

    /// Whether it had a place of its own, and has none any more.
    fn is_gone(&self, node: &Node) -> bool {
        let key = key(node);
        !key.is_empty() && by_key(&self.new, &key).is_none()
    }

    fn remove(&mut self, node: &Node) -> Result<(), JsValue> {
        let key = key(node);
        // It has a place of its own in the fresh page.
        let moves = !key.is_empty() && by_key(&self.new, &key).is_some();
        if moves || node.dyn_ref().is_some_and(is_precious) {
            return Ok(());
        }
        if let Some(parent) = node.parent_node() {
            parent.remove_child(node)?;
            self.note(node);
        }
        Ok(())
    }

    /// Notes that something came or went which is more than a comment or a space.
    fn note(&mut self, node: &Node) {
        let is_said = match node.node_type() {
            Node::COMMENT_NODE => false,
            Node::TEXT_NODE => node
                .text_content()
                .is_some_and(|text| !text.trim().is_empty()),
            _ => true,
        };
        self.changed |= is_said;
    }
}

/// What tells an element from its likes: a card's task, or an id.
fn key(node: &Node) -> String {
    let Some(element) = node.dyn_ref::<Element>() else {
        return String::new();
    };
    ["data-card", "id"]
        .into_iter()
        .map(|name| (name, attribute(element, name)))
        .find(|(_, value)| !value.is_empty())
        .map_or_else(String::new, |(name, value)| {
            [name, "=\"", &value, "\""].concat()
        })
}

fn has_same_key(one: &Node, other: &Node) -> bool {
    let key = key(one);
    !key.is_empty() && key == self::key(other)
}

fn by_key(root: &Element, key: &str) -> Option<Node> {
    // No key of ours has a quotation mark; one that did would find nothing.
    let found = root.query_selector(&["[", key, "]"].concat()).ok()??;
    Some(found.into())
}

/// Of the same kind, and neither has a key.
fn is_alike(old: &Node, new: &Node) -> bool {
    let (one, other) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>());
    let class = |element: &Element| attribute(element, "class");
    old.node_name() == new.node_name() && key(old).is_empty() && one.map(class) == other.map(class)
}

/// Whether the element is left as it is.
fn is_kept(element: &Element) -> bool {
    element.matches(KEPT).unwrap_or_default()
        || element.tag_name() == "FORM"
            && (active().is_some_and(|active| {
                element.contains(Some(&active)) && active.matches(FIELDS).unwrap_or_default()
            }) || element
                .query_selector(REFUSED)
                .is_ok_and(|some| some.is_some())
                || all(element, FIELDS).iter().any(is_touched))
}

/// Whether a field says something else than it did in the page. A form with such a field keeps its
/// version, too: so that nothing is overwritten that its person has not seen.
fn is_touched(field: &Element) -> bool {
    let say = |name: &str| js_sys::Reflect::get(field, &name.into()).unwrap_or(JsValue::UNDEFINED);
    match field.tag_name().as_str() {
        "SELECT" => all(field, "option").iter().any(|option| {
            let say = |name: &str| js_sys::Reflect::get(option, &name.into()).ok();
            say("selected") != say("defaultSelected")
                && field
                    .query_selector("[selected]")
                    .is_ok_and(|one| one.is_some())
        }),
        _ => say("value") != say("defaultValue") || say("checked") != say("defaultChecked"),
    }
}

/// Everything but what people open and close.
fn attributes(old: &Element, new: &Element) -> Result<(), JsValue> {
    for name in new
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
    {
        let value = attribute(new, &name);
        if name != "open" && old.get_attribute(&name).as_deref() != Some(&value) {
            old.set_attribute(&name, &value)?;
        }
    }
    for name in old
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
    {
        if name != "open" && !new.has_attribute(&name) {
            old.remove_attribute(&name)?;
        }
    }
    Ok(())
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(nodes) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..nodes.length())
        .filter_map(|at| nodes.item(at)?.dyn_into().ok())
        .collect()
}

fn active() -> Option<Element> {
    document()?.active_element()
}
