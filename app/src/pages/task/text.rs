//! Title and description: read, edited, and the task deleted.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    Data,
    actions::text::{DeleteTask, EditTask},
    conflict::conflict,
    hidden, task_of, typed,
};
use crate::{
    components::{
        field::{TextField, error_of},
        text_area::TextArea,
    },
    error::Field,
    markdown,
};

/// What a field of Markdown says about itself.
pub const MARKDOWN_HINT: &str = "Markdown: **bold**, `code`, lists, links.";

/// The description, and the form that changes it and the title.
pub fn description(data: &Data) -> AnyView {
    let description = &data.details.description;
    let text = match description.is_empty() {
        true => view! { <p class="page-note">"No description yet."</p> }.into_any(),
        false => {
            let html = markdown::to_html(description, &[]);
            view! { <div class="markdown" inner_html=html></div> }.into_any()
        }
    };
    view! {
        <section class="task-section" aria-label="Description">
            {text}
            {data.may.edit.then(|| edit_form(data))}
        </section>
    }
    .into_any()
}

fn edit_form(data: &Data) -> AnyView {
    let task = &data.details.task;
    let description = &data.details.description;
    let refusal = &data.refusal;
    let error = refusal.of(EditTask::PATH);
    let there = format!("{}\n\n{description}", task.title);
    view! {
        <details class="disclosure" open=refusal.is_about(EditTask::PATH)>
            <summary class="menu-button">"Edit title and description"</summary>
            <form class="task-form" method="post" action=EditTask::PATH>
                {hidden(data, task.version)}
                {conflict(refusal, EditTask::PATH, there.trim_end())}
                <TextField
                    id="title"
                    name="title"
                    label="Title"
                    value=typed(data, EditTask::PATH, "title", &task.title)
                    error=error_of(error, Field::Title)
                />
                <TextArea
                    id="description"
                    name="description"
                    label="Description"
                    value=typed(data, EditTask::PATH, "description", description)
                    hint=MARKDOWN_HINT
                    error=error_of(error, Field::Description)
                />
                <button class="button button-primary" type="submit">"Save"</button>
            </form>
        </details>
    }
    .into_any()
}

/// The question before a deletion.
pub fn delete_question(data: &Data) -> AnyView {
    let task = &data.details.task;
    let id = task.id.to_string();
    view! {
        <section class="confirm" aria-labelledby="confirm-delete">
            <h2 id="confirm-delete">"Delete “" {task.title.clone()} "”?"</h2>
            <p>"It will be gone for good, with its checklist and comments."</p>
            <div class="actions">
                <form method="post" action=DeleteTask::PATH>
                    <input type="hidden" name="org" value=data.slug.clone()/>
                    <input type="hidden" name="id" value=id.clone()/>
                    <button class="button button-danger" type="submit">"Delete task"</button>
                </form>
                <a class="button" href=task_of(&data.slug, &id)>"Cancel"</a>
            </div>
        </section>
    }
    .into_any()
}
