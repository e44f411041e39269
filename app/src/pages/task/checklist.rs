//! The checklist: each item a button that ticks it off, with a menu to rewrite or remove it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::ChecklistItem;

use super::{
    Data,
    actions::checklist::{AddItem, RemoveItem, RenameItem, TickItem},
    conflict::conflict,
};
use crate::{
    components::{
        field::{TextField, error_of},
        icons,
    },
    error::Field,
    forms::query_value,
};

/// The query parameter that names the item whose form was refused.
const ITEM: &str = "item";

/// The items, and the form that adds one.
pub fn checklist(data: &Data) -> AnyView {
    let items = &data.details.checklist;
    if items.is_empty() && !data.may.edit {
        return ().into_any();
    }
    let done = items.iter().filter(|item| item.done).count();
    let progress = (!items.is_empty()).then(|| {
        view! { <span class="count">{done} " of " {items.len()} " done"</span> }
    });
    let rows = items.iter().map(|one| item(data, one)).collect_view();
    view! {
        <section class="task-section" aria-labelledby="checklist">
            <h2 id="checklist">"Checklist " {progress}</h2>
            {(!items.is_empty()).then(|| view! { <ul class="checklist">{rows}</ul> })}
            {data.may.edit.then(|| add_form(data))}
        </section>
    }
    .into_any()
}

fn item(data: &Data, item: &ChecklistItem) -> AnyView {
    let box_and_menu = data.may.edit.then(|| (tick(data, item), menu(data, item)));
    let (tick, menu) = box_and_menu.unzip();
    let state = match item.done {
        true => "Done: ",
        false => "Open: ",
    };
    view! {
        <li data-done=item.done.then_some("")>
            {tick}
            <span class="item-text">
                <span class="visually-hidden">{state}</span>
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
                <span class="visually-hidden">"Done: " {item.text.clone()}</span>
                {item.done.then(icons::check)}
            </button>
        </form>
    }
    .into_any()
}

fn menu(data: &Data, item: &ChecklistItem) -> AnyView {
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
                <span class="visually-hidden">"Change “" {item.text.clone()} "”"</span>
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
                        label="Text"
                        value=value
                        error=error_of(error, Field::Text)
                    />
                    <button class="button" type="submit">"Save"</button>
                </form>
                <form method="post" action=RemoveItem::PATH>
                    {of_item(data, item)}
                    <button class="menu-item menu-item-danger" type="submit">"Remove"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn of_item(data: &Data, item: &ChecklistItem) -> AnyView {
    view! {
        <input type="hidden" name="org" value=data.slug.clone()/>
        <input type="hidden" name="id" value=data.details.task.id.to_string()/>
        <input type="hidden" name="item" value=item.id.to_string()/>
    }
    .into_any()
}

fn add_form(data: &Data) -> AnyView {
    let refusal = &data.refusal;
    // One id per form served: the same form sent twice adds one item.
    let request_id = uuid::Uuid::now_v7().to_string();
    view! {
        <form class="create-form" method="post" action=AddItem::PATH>
            <input type="hidden" name="org" value=data.slug.clone()/>
            <input type="hidden" name="id" value=data.details.task.id.to_string()/>
            <input type="hidden" name="request_id" value=request_id/>
            <TextField
                id="new-item"
                name="text"
                label="New item"
                hide_label=true
                placeholder="New item"
                value=refusal.kept_for(AddItem::PATH, "text")
                error=error_of(refusal.of(AddItem::PATH), Field::Text)
            />
            <button class="button" type="submit">"Add item"</button>
        </form>
    }
    .into_any()
}
