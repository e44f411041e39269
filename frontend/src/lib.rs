//! The browser's entry: hydrates the islands of `app`, and nothing else.

// Islands export themselves to JavaScript. Without this import the linker would leave them out.
#[allow(unused_imports)]
use app::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the page for its islands; the hydration script then calls each by its name.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
