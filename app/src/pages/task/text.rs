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
    language::texts,
    markdown,
};

/// The description, and the form that changes it and the title.
pub fn description(data: &Data) -> AnyView {
    let texts = texts();
    let description = &data.details.description;
    let text = match description.is_empty() {
        true => view! { <p class="page-note">{texts.task_description_none()}</p> }.into_any(),
        false => {
            let html = markdown::to_html(description, &[]);
            view! { <div class="markdown" inner_html=html></div> }.into_any()
        }
    };
    view! {
        <section class="task-section" aria-label=texts.task_description()>
            {text}
            {data.may.edit.then(|| edit_form(data))}
        </section>
    }
    .into_any()
}

fn edit_form(data: &Data) -> AnyView {
    let texts = texts();
    let task = &data.details.task;
    let description = &data.details.description;
    let refusal = &data.refusal;
    let error = refusal.of(EditTask::PATH);
    let there = format!("{}\n\n{description}", task.title);
    view! {
        <details class="disclosure" open=refusal.is_about(EditTask::PATH)>
            <summary class="menu-button">{texts.task_edit()}</summary>
            <form class="task-form" method="post" action=EditTask::PATH>
                {hidden(data, task.version)}
                {conflict(refusal, EditTask::PATH, there.trim_end())}
                <TextField
                    id="title"
                    name="title"
                    label=texts.tasks_title()
                    value=typed(data, EditTask::PATH, "title", &task.title)
                    error=error_of(error, Field::Title)
                />
                <TextArea
                    id="description"
                    name="description"
                    label=texts.task_description()
                    value=typed(data, EditTask::PATH, "description", description)
                    hint=texts.task_markdown()
                    error=error_of(error, Field::Description)
                />
                <button class="button button-primary" type="submit">{texts.task_save()}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The question before a deletion.
pub fn delete_question(data: &Data) -> AnyView {
    let texts = texts();
    let task = &data.details.task;
    let id = task.id.to_string();
    view! {
        <section class="confirm" aria-labelledby="confirm-delete">
            <h2 id="confirm-delete">{texts.task_delete_question(&task.title)}</h2>
            <p>{texts.task_delete_consequence()}</p>
            <div class="actions">
                <form method="post" action=DeleteTask::PATH>
                    <input type="hidden" name="org" value=data.slug.clone()/>
                    <input type="hidden" name="id" value=id.clone()/>
                    <button class="button button-danger" type="submit">
                        {texts.task_delete()}
                    </button>
                </form>
                <a class="button" href=task_of(&data.slug, &id)>{texts.cancel()}</a>
            </div>
        </section>
    }
    .into_any()
}
