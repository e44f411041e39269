//! Who is signed in, for islands: signals that follow Clerk's client, on pages where it is loaded.

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};

use crate::browser::find_all;

/// What Clerk's client knows. Nothing before it has loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The person's name, or else their id.
    pub user: Option<String>,
    /// The session's id.
    pub session: Option<String>,
    /// The active organization's name.
    pub organization: Option<String>,
}

thread_local! {
    static KNOWN: RwSignal<Known> = RwSignal::new(Known::default());
}

/// Who is signed in: their name, or else their id.
pub fn user() -> Signal<Option<String>> {
    let known = known();
    Signal::derive(move || known.get().user)
}

/// The active organization's name.
pub fn organization() -> Signal<Option<String>> {
    let known = known();
    Signal::derive(move || known.get().organization)
}

/// The session's id; none again when it has ended.
pub fn session() -> Signal<Option<String>> {
    let known = known();
    Signal::derive(move || known.get().session)
}

fn known() -> RwSignal<Known> {
    KNOWN.with(|known| *known)
}

/// Has the signals follow `clerk`, and the page the signals: its `[data-clerk-user]`,
/// `[data-clerk-session]` and `[data-clerk-organization]` elements say what they say.
pub fn follow(clerk: &JsValue) -> Result<(), JsValue> {
    let signal = known();
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |resources: JsValue| {
        let next = Known {
            user: text(&resources, "user", &["fullName", "id"]),
            session: text(&resources, "session", &["id"]),
            organization: text(&resources, "organization", &["name"]),
        };
        // Clerk's client tells at every renewal of the token.
        if signal.with_untracked(|known| *known != next) {
            signal.set(next);
        }
    });
    let add: Function = Reflect::get(clerk, &"addListener".into())?.dyn_into()?;
    add.call1(clerk, listener.as_ref())?;
    listener.forget();
    show("[data-clerk-user]", user());
    show("[data-clerk-session]", session());
    show("[data-clerk-organization]", organization());
    Ok(())
}

fn show(selector: &'static str, signal: Signal<Option<String>>) {
    Effect::new(move || {
        let text = signal.get();
        for element in find_all(selector) {
            element.set_text_content(text.as_deref());
        }
    });
}

/// The first of `keys` that `resource` has a text for.
fn text(resources: &JsValue, resource: &str, keys: &[&str]) -> Option<String> {
    let resource = Reflect::get(resources, &resource.into()).ok()?;
    if !resource.is_object() {
        return None;
    }
    keys.iter().find_map(|key| {
        let value = Reflect::get(&resource, &(*key).into()).ok()?.as_string()?;
        (!value.is_empty()).then_some(value)
    })
}
