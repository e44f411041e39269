//! The checklist: each item a button that ticks it off, with a menu to rewrite, move
//! or remove it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::ChecklistItem;

use super::{
    Data,
    actions::checklist::{AddItem, MoveItem, RemoveItem, RenameItem, TickItem},
    conflict::conflict,
    of_task,
};
use crate::{
    components::{
        field::{TextField, error_of},
        icons,
    },
    error::Field,
    forms::query_value,
    language::texts,
};

/// The query parameter that names the item whose form was refused.
const ITEM: &str = "item";

/// The items, and the form that adds one.
pub fn checklist(data: &Data) -> AnyView {
    let items = &data.details.checklist;
    if items.is_empty() && !data.may.edit {
        return ().into_any();
    }
    let texts = texts();
    let done = items.iter().filter(|item| item.done).count();
    let progress = (!items.is_empty()).then(|| {
        view! { <span class="count">{texts.checklist_progress(done, items.len())}</span> }
    });
    let rows = items
        .iter()
        .enumerate()
        .map(|(at, one)| item(data, one, moves(data, items, at)))
        .collect_view();
    view! {
        <section class="task-section" aria-labelledby="checklist">
            <h2 id="checklist">{texts.checklist_title()} " " {progress}</h2>
            {(!items.is_empty()).then(|| view! { <ul class="checklist">{rows}</ul> })}
            {data.may.edit.then(|| add_form(data))}
        </section>
    }
    .into_any()
}

fn item(data: &Data, item: &ChecklistItem, moves: AnyView) -> AnyView {
    let edit = data.may.edit;
    let box_and_menu = edit.then(|| (tick(data, item), menu(data, item, moves)));
    let (tick, menu) = box_and_menu.unzip();
    let state = match item.done {
        true => texts().checklist_done(),
        false => texts().checklist_open(),
    };
    view! {
        <li data-done=item.done.then_some("")>
            {tick}
            <span class="item-text">
                <span class="visually-hidden">{state} " "</span>
                {item.text.clone()}
            </span>
            {menu}
        </li>
    }
    .into_any()
}

fn tick(data: &Data, item: &ChecklistItem) -> AnyView {
    let next = if item.done { "" } else { "yes" };
    view! {
        <form method="post" action=TickItem::PATH>
            {of_item(data, item)}
            <input type="hidden" name="done" value=next/>
            <button
                class="check-button"
                type="submit"
                aria-pressed=if item.done { "true" } else { "false" }
            >
                <span class="visually-hidden">
                    {texts().checklist_done()} " " {item.text.clone()}
                </span>
                {item.done.then(icons::check)}
            </button>
        </form>
    }
    .into_any()
}

/// The places one up and one down, each as the item that it is below.
fn moves(data: &Data, items: &[ChecklistItem], at: usize) -> AnyView {
    let texts = texts();
    let id = |at: usize| items.get(at).map(|item| item.id.to_string());
    let up = match at {
        0 => None,
        1 => Some(String::new()),
        _ => id(at - 2),
    };
    let ways = [(up, texts.board_up()), (id(at + 1), texts.board_down())];
    let buttons = ways
        .into_iter()
        .filter_map(|(below, label)| Some((below?, label)))
        .map(|(below, label)| {
            view! {
                <button class="menu-item" type="submit" name="below" value=below>{label}</button>
            }
        })
        .collect_view();
    view! {
        <form method="post" action=MoveItem::PATH>
            {items.get(at).map(|item| of_item(data, item))}
            {buttons}
        </form>
    }
    .into_any()
}

fn menu(data: &Data, item: &ChecklistItem, moves: AnyView) -> AnyView {
    let texts = texts();
    let refusal = &data.refusal;
    let id = item.id.to_string();
    let this = refusal.is_about(RenameItem::PATH) && query_value(ITEM).as_ref() == Some(&id);
    let error = refusal.of(RenameItem::PATH).filter(|_| this);
    let value = match this {
        true => refusal.kept_for(RenameItem::PATH, "text"),
        false => item.text.clone(),
    };
    view! {
        <details class="menu menu-end" data-menu="" open=this>
            <summary class="menu-button">
                <span class="visually-hidden">{texts.checklist_change(&item.text)}</span>
                {icons::dots()}
            </summary>
            <div class="menu-panel">
                <form class="rename-form" method="post" action=RenameItem::PATH>
                    {of_item(data, item)}
                    <input type="hidden" name="version" value=item.version/>
                    {this.then(|| conflict(refusal, RenameItem::PATH, &item.text))}
                    <TextField
                        id=format!("item-{id}")
                        name="text"
                        label=texts.checklist_text()
                        value=value
                        error=error_of(error, Field::Text)
                    />
                    <button class="button" type="submit">{texts.task_save()}</button>
                </form>
                {moves}
                <form method="post" action=RemoveItem::PATH>
                    {of_item(data, item)}
                    <button class="menu-item menu-item-danger" type="submit">
                        {texts.checklist_remove()}
                    </button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn of_item(data: &Data, item: &ChecklistItem) -> AnyView {
    view! {
        {of_task(data)}
        <input type="hidden" name="item" value=item.id.to_string()/>
    }
    .into_any()
}

fn add_form(data: &Data) -> AnyView {
    let texts = texts();
    let refusal = &data.refusal;
    // One id per form served: the same form sent twice adds one item.
    let request_id = uuid::Uuid::now_v7().to_string();
    view! {
        <form class="create-form" method="post" action=AddItem::PATH>
            {of_task(data)}
            <input type="hidden" name="request_id" value=request_id/>
            <TextField
                id="new-item"
                name="text"
                label=texts.checklist_new()
                hide_label=true
                placeholder=texts.checklist_new()
                value=refusal.kept_for(AddItem::PATH, "text")
                error=error_of(refusal.of(AddItem::PATH), Field::Text)
            />
            <button class="button" type="submit">{texts.checklist_add()}</button>
        </form>
    }
    .into_any()
}
