//! One card at a time is in somebody's hand. It moves through the page at once; letting go sends
//! where it is; Escape, or dropping it outside, puts it back.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Element, Event, HtmlElement, KeyboardEvent, Node};

use super::save;
use crate::browser::{SWAPPED, attribute, document, find, find_all, listen, origin_of};

const CARD: &str = "[data-card]";
const CARDS: &str = "[data-cards]";
const GRAB: &str = "[data-grab]";
const GRABBED: &str = "data-grabbed";

/// The card in somebody's hand, and where it came from.
#[derive(Clone)]
pub struct Grab {
    /// The card.
    pub card: Element,
    list: Node,
    next: Option<Node>,
}

impl Grab {
    fn take(card: Element) -> Option<Self> {
        let list = card.parent_node()?;
        let next = card.next_sibling();
        let _ = card.set_attribute(GRABBED, "");
        press(&card, "true");
        Some(Self { card, list, next })
    }

    /// Back to where it was.
    pub fn put_back(&self) {
        self.place(&self.list, self.next.as_ref());
        count();
    }

    fn place(&self, list: &Node, before: Option<&Node>) {
        let _ = list.insert_before(&self.card, before);
    }

    fn has_moved(&self) -> bool {
        self.card.parent_node().as_ref() != Some(&self.list)
            || self.card.next_sibling() != self.next
    }

    fn let_go(&self) {
        let _ = self.card.remove_attribute(GRABBED);
        press(&self.card, "false");
    }
}

type Hand = Rc<RefCell<Option<Grab>>>;

/// Listens to the board.
pub fn start() {
    let Some(board) = find("[data-board]") else {
        return;
    };
    prepare();
    // Cards of others have come.
    if let Some(document) = document() {
        listen(&document, SWAPPED, |_| prepare());
    }
    let hand = Hand::default();
    let on = |event: &str, handler: fn(&Hand, &Event)| {
        let hand = Rc::clone(&hand);
        listen(&board, event, move |event| handler(&hand, &event));
    };
    on("dragstart", |hand, event| {
        cancel(hand);
        let (Some(card), Some(drag)) = (idle_card(event), event.dyn_ref::<DragEvent>()) else {
            return;
        };
        // Firefox drags nothing without data.
        if let Some(data) = drag.data_transfer() {
            let _ = data.set_data("text/plain", &attribute(&card, "data-name"));
            data.set_effect_allowed("move");
        }
        *hand.borrow_mut() = Grab::take(card);
    });
    on("dragover", |hand, event| {
        if let Some(grab) = hand.borrow().as_ref() {
            event.prevent_default();
            follow(grab, event);
        }
    });
    on("drop", |hand, event| {
        if hand.borrow().is_some() {
            event.prevent_default();
            drop_here(hand);
        }
    });
    // After a drop there is nothing in the hand any more.
    on("dragend", |hand, _| cancel(hand));
    on("click", |hand, event| {
        if origin_of(event, GRAB).is_none() {
            return;
        }
        let held = hand.borrow().is_some();
        if held {
            drop_here(hand);
        } else if let Some(card) = idle_card(event) {
            say("grabbed", &card);
            *hand.borrow_mut() = Grab::take(card);
        }
    });
    on("keydown", |hand, event| {
        let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
        let held = hand.borrow().clone();
        let (Some(key), Some(grab)) = (key, held) else {
            return;
        };
        match key.as_str() {
            "Escape" => cancel(hand),
            // Moving on leaves the card where it was.
            "Tab" => return cancel(hand),
            "ArrowUp" => step(&grab, Step::Up),
            "ArrowDown" => step(&grab, Step::Down),
            "ArrowLeft" => step(&grab, Step::Column(-1)),
            "ArrowRight" => step(&grab, Step::Column(1)),
            _ => return,
        }
        event.prevent_default();
    });
}

fn prepare() {
    for card in find_all(CARD) {
        let _ = card.set_attribute("draggable", "true");
    }
    for button in find_all(GRAB) {
        let _ = button.remove_attribute("hidden");
    }
}

/// The card that an event began in, unless it is being saved.
fn idle_card(event: &Event) -> Option<Element> {
    origin_of(event, CARD).filter(|card| !card.has_attribute("aria-busy"))
}

/// Moves the card to where the pointer is.
fn follow(grab: &Grab, event: &Event) {
    let (Some(column), Some(pointer)) = (
        origin_of(event, "[data-column]"),
        event.dyn_ref::<DragEvent>(),
    ) else {
        return;
    };
    let Ok(Some(list)) = column.query_selector(CARDS) else {
        return;
    };
    let y = f64::from(pointer.client_y());
    let mut next = list.first_element_child();
    while let Some(card) = &next {
        let place = card.get_bounding_client_rect();
        if *card != grab.card && y < place.top() + place.height() / 2.0 {
            break;
        }
        next = card.next_element_sibling();
    }
    if next.as_ref() != Some(&grab.card) && next != grab.card.next_element_sibling()
        || grab.card.parent_element().as_ref() != Some(&list)
    {
        grab.place(&list, next.as_deref());
        count();
    }
}

enum Step {
    Up,
    Down,
    Column(i32),
}

/// Moves the card one step, with the focus.
fn step(grab: &Grab, step: Step) {
    let card = &grab.card;
    let target = match step {
        Step::Up => card
            .previous_element_sibling()
            .map(|above| (card.parent_element(), Some(above))),
        Step::Down => card
            .next_element_sibling()
            .map(|below| (card.parent_element(), below.next_element_sibling())),
        Step::Column(by) => {
            let lists = find_all(CARDS);
            let here = lists.iter().position(|list| list.contains(Some(card)));
            let there = here.and_then(|here| here.checked_add_signed(by as isize));
            there
                .and_then(|there| lists.get(there))
                .map(|list| (Some(list.clone()), list.first_element_child()))
        }
    };
    if let Some((Some(list), before)) = target {
        grab.place(&list, before.as_deref());
        count();
        focus(card);
        say("moved", card);
    }
}

fn drop_here(hand: &Hand) {
    let Some(grab) = hand.borrow_mut().take() else {
        return;
    };
    grab.let_go();
    say("dropped", &grab.card);
    if grab.has_moved() {
        save::save(grab);
    }
}

fn cancel(hand: &Hand) {
    let Some(grab) = hand.borrow_mut().take() else {
        return;
    };
    grab.put_back();
    grab.let_go();
    focus(&grab.card);
    say("returned", &grab.card);
}

/// Says where a card is, in the words `data-say-…` of the board.
pub fn say(what: &str, card: &Element) {
    let (Some(board), Some(region)) = (find("[data-board]"), find("[data-board-says]")) else {
        return;
    };
    let list = card.parent_element();
    let column = list
        .as_ref()
        .and_then(|list| list.closest("[data-column]").ok()?);
    let all = list.map_or(0, |list| list.child_element_count());
    let mut place = 1;
    let mut above = card.previous_element_sibling();
    while let Some(card) = above {
        place += 1;
        above = card.previous_element_sibling();
    }
    let text = attribute(&board, &["data-say-", what].concat())
        .replace("{place}", &place.to_string())
        .replace("{all}", &all.to_string())
        .replace(
            "{column}",
            &column
                .map(|column| attribute(&column, "data-name"))
                .unwrap_or_default(),
        )
        .replace("{task}", &attribute(card, "data-name"));
    region.set_text_content(Some(&text));
}

/// Writes above each column how many cards are in it. A column that is longer than what the page
/// shows says by how many (`data-more`).
fn count() {
    for column in find_all("[data-column]") {
        let (Ok(Some(list)), Ok(Some(count))) = (
            column.query_selector(CARDS),
            column.query_selector("[data-count]"),
        ) else {
            continue;
        };
        let more: u32 = attribute(&count, "data-more").parse().unwrap_or(0);
        count.set_text_content(Some(&(list.child_element_count() + more).to_string()));
    }
}

fn press(card: &Element, pressed: &str) {
    if let Ok(Some(button)) = card.query_selector(GRAB) {
        let _ = button.set_attribute("aria-pressed", pressed);
    }
}

fn focus(card: &Element) {
    let button = card.query_selector(GRAB).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}
