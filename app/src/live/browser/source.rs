//! The stream of this page. It is closed while nobody sees the page: browsers allow few connections.

use std::{cell::RefCell, rc::Rc};

use js_sys::{JSON, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventSource, MessageEvent, RequestInit, Response, VisibilityState};

use super::{ending, refresh::Refresh, wired};
use crate::browser::{STALE, after, attribute, document, find, listen, window};

/// How long to wait before a stream that was refused is asked for again, in milliseconds. It doubles
/// each time, up to the second.
const WAIT_MS: (i32, i32) = (2_000, 60_000);
/// How often in a row the session may turn out to have ended before it is said.
const SIGNED_OUT: u32 = 3;

struct Source {
    state: RefCell<State>,
    refresh: Refresh,
    handler: RefCell<Option<Handler>>,
}

type Handler = Closure<dyn FnMut(Event)>;

#[derive(Default)]
struct State {
    open: Option<EventSource>,
    /// The number of the last change that was told.
    last: String,
    wait_ms: i32,
    refused: u32,
    /// There is nothing to follow any more.
    ended: bool,
}

/// Opens the stream, now and whenever the page is seen again.
pub fn start() {
    let source = Rc::new(Source {
        state: RefCell::new(State {
            last: wired("data-seq"),
            wait_ms: WAIT_MS.0,
            ..State::default()
        }),
        refresh: Refresh::default(),
        handler: RefCell::default(),
    });
    let handling = Rc::clone(&source);
    let handler = Handler::new(move |event| handling.handle(&event));
    *source.handler.borrow_mut() = Some(handler);
    source.follow_visibility();
    if let Some(document) = document() {
        let stale = source.refresh.clone();
        listen(&document, STALE, move |_| stale.soon(false));
        listen(&document, "visibilitychange", move |_| {
            source.follow_visibility();
        });
    }
}

impl Source {
    fn follow_visibility(self: &Rc<Self>) {
        let visible = document()
            .is_some_and(|document| document.visibility_state() == VisibilityState::Visible);
        let is_open = self.state.borrow().open.is_some();
        if !visible {
            self.close();
        } else if !is_open {
            self.open();
        }
    }

    fn open(&self) {
        let mut state = self.state.borrow_mut();
        if state.ended {
            return;
        }
        let Ok(source) = EventSource::new(&address(&state.last)) else {
            return;
        };
        if let Some(handler) = self.handler.borrow().as_ref() {
            for event in ["open", "change", "reset", "presence", "ended", "error"] {
                let handler = handler.as_ref().unchecked_ref();
                let _ = source.add_event_listener_with_callback(event, handler);
            }
        }
        state.open = Some(source);
    }

    fn close(&self) {
        if let Some(source) = self.state.borrow_mut().open.take() {
            source.close();
        }
    }

    fn handle(self: &Rc<Self>, event: &Event) {
        match event.type_().as_str() {
            "open" => {
                let mut state = self.state.borrow_mut();
                (state.wait_ms, state.refused) = (WAIT_MS.0, 0);
            }
            "change" => {
                let id = self.note_id(event);
                let change = event.dyn_ref::<MessageEvent>().and_then(|event| {
                    let data = event.data().as_string()?;
                    JSON::parse(&data).ok()
                });
                if let Some(change) = change
                    && !self.refresh.shows(&id)
                    && concerns(&change)
                {
                    let own = Reflect::get(&change, &"own".into()).is_ok_and(|own| own.is_truthy());
                    self.refresh.soon(!own);
                }
            }
            "reset" => {
                self.note_id(event);
                self.refresh.soon(true);
            }
            "presence" => self.refresh.soon(false),
            "ended" => self.end(ending::ENDED),
            // Otherwise the browser tries again by itself.
            "error" if self.is_refused() => self.ask_why(),
            _ => {}
        }
    }

    fn note_id(&self, event: &Event) -> String {
        let id = event.dyn_ref::<MessageEvent>();
        let id = id.map_or_else(String::new, MessageEvent::last_event_id);
        self.state.borrow_mut().last.clone_from(&id);
        id
    }

    fn is_refused(&self) -> bool {
        let state = self.state.borrow();
        let open = state.open.as_ref();
        open.is_some_and(|open| open.ready_state() == EventSource::CLOSED)
    }

    fn end(&self, dialog: &'static str) {
        self.state.borrow_mut().ended = true;
        self.close();
        ending::show(dialog);
    }

    /// A stream does not tell why it was refused: a request without a body does.
    fn ask_why(self: &Rc<Self>) {
        self.close();
        let wait = {
            let mut state = self.state.borrow_mut();
            let wait = state.wait_ms;
            state.wait_ms = (wait * 2).min(WAIT_MS.1);
            wait
        };
        let source = Rc::clone(self);
        after(wait, move || {
            spawn_local(async move {
                let last = source.state.borrow().last.clone();
                let answer = status(&last).await;
                match answer {
                    Ok(404) => source.end(ending::ENDED),
                    Ok(401) => {
                        source.state.borrow_mut().refused += 1;
                        if source.state.borrow().refused >= SIGNED_OUT {
                            source.end(ending::SIGNED_OUT);
                        } else {
                            source.ask_why();
                        }
                    }
                    Ok(200) => source.follow_visibility(),
                    _ => source.ask_why(),
                }
            });
        });
    }
}

fn address(last: &str) -> String {
    [
        &wired("data-live-stream"),
        "?after=",
        last,
        "&place=",
        &wired("data-place"),
        "&here=",
        &wired("data-here"),
    ]
    .concat()
}

async fn status(last: &str) -> Result<u16, JsValue> {
    let options = RequestInit::new();
    options.set_method("HEAD");
    let answer = window()
        .ok_or(JsValue::NULL)?
        .fetch_with_str_and_init(&address(last), &options);
    let answer: Response = JsFuture::from(answer).await?.dyn_into()?;
    Ok(answer.status())
}

/// Whether a change is of something that this page shows.
fn concerns(change: &JsValue) -> bool {
    let said = |name: &str| {
        let value = Reflect::get(change, &name.into()).ok();
        value
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    let kinds =
        find("main[data-live]").map_or_else(String::new, |main| attribute(&main, "data-live"));
    let (kind, id, project) = (said("kind"), said("id"), said("project"));
    let same =
        |shown: &str, changed: &str| shown.is_empty() || changed.is_empty() || shown == changed;
    kinds.split(' ').any(|one| one == kind)
        && match kind.as_str() {
            "task" => same(&wired("data-task"), &id) && same(&wired("data-project"), &project),
            "project" => same(&wired("data-project"), &id),
            _ => true,
        }
}
