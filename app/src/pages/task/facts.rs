//! Beside the text: status, assignee, due date and labels, each with a small form.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Colour, Day, Label, Status};

use super::{
    Data,
    actions::facts::{AssignTask, NewLabel, SetDue, SetLabels},
    card,
    conflict::conflict,
    hidden, status_name, task_of, typed,
};
use crate::{
    components::{
        field::{TextField, error_of},
        icons,
        select::{Choice, Select},
        time::{DayOf, Time},
    },
    error::Field,
    language::texts,
    pages::project::MoveTask,
    redirects,
};

/// All of them.
pub fn facts(data: &Data) -> AnyView {
    let texts = texts();
    let task = &data.details.task;
    let delete = data.may.delete.then(|| {
        let task = task_of(&data.slug, &task.id.to_string());
        let href = redirects::with_query(&task, &[("delete", "1")]);
        view! { <a class="menu-item menu-item-danger" href=href>{texts.task_delete_ask()}</a> }
    });
    let created = texts.task_created(data.people.name(&task.created_by));
    view! {
        {status(data)}
        {assignee(data)}
        {due(data)}
        {labels(data)}
        <p class="page-note">
            {created.s0} <Time at_ms=task.created_at/> {created.s1}
        </p>
        {delete}
    }
    .into_any()
}

fn fact(name: String, value: AnyView) -> AnyView {
    view! { <div><h2>{name}</h2> {value}</div> }.into_any()
}

fn status(data: &Data) -> AnyView {
    let texts = texts();
    let task = &data.details.task;
    if !data.may.edit {
        return fact(
            texts.tasks_status(),
            view! { <p>{status_name(task.status)}</p> }.into_any(),
        );
    }
    let choices = Status::ALL.map(|status| Choice::new(status.as_str(), status_name(status)));
    view! {
        <form class="task-form" method="post" action=MoveTask::PATH>
            {hidden(data, task.place_version)}
            {conflict(&data.refusal, MoveTask::PATH, &status_name(task.status))}
            <Select id="status" name="to" label=texts.tasks_status() choices=choices.into()
                chosen=task.status.as_str()/>
            <button class="button" type="submit">{texts.task_move()}</button>
        </form>
    }
    .into_any()
}

fn assignee(data: &Data) -> AnyView {
    let texts = texts();
    let task = &data.details.task;
    let there = task.assignee.as_ref().map(|user| data.people.name(user));
    let there = there.unwrap_or_else(|| texts.tasks_nobody());
    if !data.may.edit {
        return fact(texts.tasks_assignee(), view! { <p>{there}</p> }.into_any());
    }
    let current = task.assignee.as_ref();
    let mut choices = vec![Choice::new("", texts.tasks_nobody())];
    // Somebody who has left, or whom one may not see among the members, stays chosen.
    let present = current.map(|user| (user.as_str(), there.clone()));
    choices.extend(data.members.choices(present));
    // Who was looked for is about to be chosen.
    let chosen = data.members.only().map(|member| &member.user_id);
    let chosen = chosen.or(current).map(ToString::to_string);
    let chosen = chosen.unwrap_or_default();
    let page = task_of(&data.slug, &task.id.to_string());
    view! {
        {data.members.search_form("find-assignee", page)}
        <form class="task-form" method="post" action=AssignTask::PATH>
            {hidden(data, task.version)}
            {conflict(&data.refusal, AssignTask::PATH, &there)}
            <Select id="assignee" name="assignee" label=texts.tasks_assignee() choices=choices
                chosen=typed(data, AssignTask::PATH, "assignee", &chosen)/>
            <button class="button" type="submit">{texts.task_assign()}</button>
        </form>
    }
    .into_any()
}

fn due(data: &Data) -> AnyView {
    let texts = texts();
    let task = &data.details.task;
    let there = task.due_on.map(|day| day.to_string()).unwrap_or_default();
    let late = |day: Day| day < data.today && task.status.is_open();
    let note = task.due_on.map(|day| {
        let words = match late(day) {
            true => card::due(day, true),
            false => view! { <DayOf day=day/> }.into_any(),
        };
        view! { <p class:due-late=late(day)>{words}</p> }
    });
    if !data.may.edit {
        let value = match note {
            Some(note) => note.into_any(),
            None => view! { <p>{texts.tasks_no_date()}</p> }.into_any(),
        };
        return fact(texts.tasks_due(), value);
    }
    let error = error_of(data.refusal.of(SetDue::PATH), Field::Due);
    view! {
        <form class="task-form" method="post" action=SetDue::PATH>
            {hidden(data, task.version)}
            {conflict(&data.refusal, SetDue::PATH, &there)}
            <div class="field">
                <label for="due">{texts.task_due_date()}</label>
                <input
                    class="input"
                    type="date"
                    id="due"
                    name="due"
                    value=typed(data, SetDue::PATH, "due", &there)
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=error.is_some().then_some("due-error")
                />
                {error.map(|error| view! { <p class="field-error" id="due-error">{error}</p> })}
            </div>
            {note}
            <button class="button" type="submit">{texts.task_set_date()}</button>
        </form>
    }
    .into_any()
}

fn labels(data: &Data) -> AnyView {
    let texts = texts();
    let labels = &data.details.labels;
    let own = labels
        .iter()
        .map(|label| one_label(data, label))
        .collect_view();
    let own = match labels.is_empty() {
        true => view! { <p class="page-note">{texts.labels_none()}</p> }.into_any(),
        false => view! { <ul class="choices">{own}</ul> }.into_any(),
    };
    view! {
        <div class="task-form">
            <h2>{texts.labels_title()}</h2>
            {conflict(&data.refusal, SetLabels::PATH, &names(data))}
            {own}
            {data.may.edit.then(|| add_label(data))}
            {(data.may.edit && data.may.label).then(|| label_anew(data))}
        </div>
    }
    .into_any()
}

/// What the task's labels are called.
fn names(data: &Data) -> String {
    let labels = data.details.labels.iter();
    let names: Vec<&str> = labels.map(|label| label.name.as_str()).collect();
    names.join(", ")
}

/// The ids of the task's labels but `without`.
fn ids(data: &Data, without: Option<&Label>) -> String {
    let ids: Vec<String> = data
        .details
        .labels
        .iter()
        .filter(|label| without.is_none_or(|other| other.id != label.id))
        .map(|label| label.id.to_string())
        .collect();
    ids.join(",")
}

fn one_label(data: &Data, label: &Label) -> AnyView {
    let remove = data.may.edit.then(|| {
        view! {
            <form method="post" action=SetLabels::PATH>
                {hidden(data, data.details.task.version)}
                <input type="hidden" name="labels" value=ids(data, Some(label))/>
                <button class="menu-button" type="submit">
                    {icons::cross()}
                    <span class="visually-hidden">{texts().labels_take_off(&label.name)}</span>
                </button>
            </form>
        }
    });
    view! {
        <li class="comment-head">
            <span class="label" data-colour=label.colour.as_str()>{label.name.clone()}</span>
            {remove}
        </li>
    }
    .into_any()
}

fn add_label(data: &Data) -> AnyView {
    let has = |label: &&Label| !data.details.labels.iter().any(|own| own.id == label.id);
    let choices: Vec<Choice> = data
        .labels
        .iter()
        .filter(has)
        .map(|label| Choice::new(&label.id.to_string(), &label.name))
        .collect();
    if choices.is_empty() {
        return ().into_any();
    }
    let texts = texts();
    view! {
        <form class="task-form" method="post" action=SetLabels::PATH>
            {hidden(data, data.details.task.version)}
            <input type="hidden" name="labels" value=ids(data, None)/>
            <Select id="label" name="label" label=texts.labels_another() choices=choices chosen=""/>
            <button class="button" type="submit">{texts.labels_add()}</button>
        </form>
    }
    .into_any()
}

fn label_anew(data: &Data) -> AnyView {
    let texts = texts();
    let refusal = &data.refusal;
    let error = error_of(refusal.of(NewLabel::PATH), Field::Name);
    let colours = Colour::ALL.map(|colour| Choice::new(colour.as_str(), colour_name(colour)));
    view! {
        <details class="disclosure" open=refusal.is_about(NewLabel::PATH)>
            <summary class="menu-button">{icons::plus()} {texts.labels_new()}</summary>
            <form class="task-form" method="post" action=NewLabel::PATH>
                {hidden(data, data.details.task.version)}
                {conflict(refusal, NewLabel::PATH, &names(data))}
                <input type="hidden" name="labels" value=ids(data, None)/>
                <TextField
                    id="label-name"
                    name="name"
                    label=texts.labels_new_name()
                    value=typed(data, NewLabel::PATH, "name", "")
                    error=error
                />
                <Select id="label-colour" name="colour" label=texts.labels_new_colour()
                    choices=colours.into() chosen=typed(data, NewLabel::PATH, "colour", "")/>
                <button class="button" type="submit">{texts.labels_new_submit()}</button>
            </form>
        </details>
    }
    .into_any()
}

fn colour_name(colour: Colour) -> String {
    let texts = texts();
    match colour {
        Colour::Grey => texts.colour_grey(),
        Colour::Red => texts.colour_red(),
        Colour::Orange => texts.colour_orange(),
        Colour::Yellow => texts.colour_yellow(),
        Colour::Green => texts.colour_green(),
        Colour::Blue => texts.colour_blue(),
        Colour::Purple => texts.colour_purple(),
        Colour::Pink => texts.colour_pink(),
    }
}
