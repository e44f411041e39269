//! Beside the text: status, assignee, due date and labels, each with a small form.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Colour, Day, Label, Status};

use super::{
    Data,
    actions::facts::{AssignTask, NewLabel, SetDue, SetLabels},
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
    pages::{members::called, project::MoveTask},
    redirects,
};

/// All of them.
pub fn facts(data: &Data) -> AnyView {
    let task = &data.details.task;
    let delete = data.may.delete.then(|| {
        let task = task_of(&data.slug, &task.id.to_string());
        let href = redirects::with_query(&task, &[("delete", "1")]);
        view! { <a class="menu-item menu-item-danger" href=href>"Delete task…"</a> }
    });
    view! {
        {status(data)}
        {assignee(data)}
        {due(data)}
        {labels(data)}
        <p class="page-note">
            "Created by " {data.people.name(&task.created_by)} " on " <Time at_ms=task.created_at/>
        </p>
        {delete}
    }
    .into_any()
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! { <div><h2>{name}</h2> {value}</div> }.into_any()
}

fn status(data: &Data) -> AnyView {
    let task = &data.details.task;
    if !data.may.edit {
        return fact(
            "Status",
            view! { <p>{status_name(task.status)}</p> }.into_any(),
        );
    }
    let choices = Status::ALL.map(|status| Choice::new(status.as_str(), status_name(status)));
    view! {
        <form class="task-form" method="post" action=MoveTask::PATH>
            {hidden(data, task.place_version)}
            {conflict(&data.refusal, MoveTask::PATH, status_name(task.status))}
            <Select id="status" name="to" label="Status" choices=choices.into()
                chosen=task.status.as_str()/>
            <button class="button" type="submit">"Move"</button>
        </form>
    }
    .into_any()
}

fn assignee(data: &Data) -> AnyView {
    let task = &data.details.task;
    let there = task.assignee.as_ref().map(|user| data.people.name(user));
    let there = there.unwrap_or_else(|| "Nobody".to_owned());
    if !data.may.edit {
        return fact("Assignee", view! { <p>{there}</p> }.into_any());
    }
    let current = task.assignee.as_ref();
    let mut choices = vec![Choice::new("", "Nobody")];
    choices.extend(
        data.members
            .iter()
            .map(|member| Choice::new(member.user_id.as_str(), &called(member))),
    );
    // Somebody who has left, or whom one may not see among the members, stays chosen.
    if let Some(user) = current
        && !data.members.iter().any(|member| member.user_id == *user)
    {
        choices.push(Choice::new(user.as_str(), &there));
    }
    let chosen = current.map(ToString::to_string).unwrap_or_default();
    view! {
        <form class="task-form" method="post" action=AssignTask::PATH>
            {hidden(data, task.version)}
            {conflict(&data.refusal, AssignTask::PATH, &there)}
            <Select id="assignee" name="assignee" label="Assignee" choices=choices
                chosen=typed(data, AssignTask::PATH, "assignee", &chosen)/>
            <button class="button" type="submit">"Assign"</button>
        </form>
    }
    .into_any()
}

fn due(data: &Data) -> AnyView {
    let task = &data.details.task;
    let there = task.due_on.map(|day| day.to_string()).unwrap_or_default();
    let late = |day: Day| day < data.today && task.status.is_open();
    let note = task.due_on.map(|day| {
        view! {
            <p class:due-late=late(day)>
                {if late(day) { "Overdue: " } else { "" }} <DayOf day=day/>
            </p>
        }
    });
    if !data.may.edit {
        let value = match note {
            Some(note) => note.into_any(),
            None => view! { <p>"No date"</p> }.into_any(),
        };
        return fact("Due", value);
    }
    let error = error_of(data.refusal.of(SetDue::PATH), Field::Due);
    view! {
        <form class="task-form" method="post" action=SetDue::PATH>
            {hidden(data, task.version)}
            {conflict(&data.refusal, SetDue::PATH, &there)}
            <div class="field">
                <label for="due">"Due date"</label>
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
            <button class="button" type="submit">"Set date"</button>
        </form>
    }
    .into_any()
}

fn labels(data: &Data) -> AnyView {
    let labels = &data.details.labels;
    let own = labels
        .iter()
        .map(|label| one_label(data, label))
        .collect_view();
    let own = match labels.is_empty() {
        true => view! { <p class="page-note">"No labels"</p> }.into_any(),
        false => view! { <ul class="choices">{own}</ul> }.into_any(),
    };
    view! {
        <div class="task-form">
            <h2>"Labels"</h2>
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
                    <span class="visually-hidden">"Take off “" {label.name.clone()} "”"</span>
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
    view! {
        <form class="task-form" method="post" action=SetLabels::PATH>
            {hidden(data, data.details.task.version)}
            <input type="hidden" name="labels" value=ids(data, None)/>
            <Select id="label" name="label" label="Another label" choices=choices chosen=""/>
            <button class="button" type="submit">"Add label"</button>
        </form>
    }
    .into_any()
}

fn label_anew(data: &Data) -> AnyView {
    let refusal = &data.refusal;
    let error = error_of(refusal.of(NewLabel::PATH), Field::Name);
    let colours = Colour::ALL.map(|colour| Choice::new(colour.as_str(), colour_name(colour)));
    view! {
        <details class="disclosure" open=refusal.is_about(NewLabel::PATH)>
            <summary class="menu-button">{icons::plus()} "New label"</summary>
            <form class="task-form" method="post" action=NewLabel::PATH>
                {hidden(data, data.details.task.version)}
                {conflict(refusal, NewLabel::PATH, &names(data))}
                <input type="hidden" name="labels" value=ids(data, None)/>
                <TextField
                    id="label-name"
                    name="name"
                    label="Name"
                    value=typed(data, NewLabel::PATH, "name", "")
                    error=error
                />
                <Select id="label-colour" name="colour" label="Colour" choices=colours.into()
                    chosen=typed(data, NewLabel::PATH, "colour", "")/>
                <button class="button" type="submit">"Create and add"</button>
            </form>
        </details>
    }
    .into_any()
}

fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Grey => "Grey",
        Colour::Red => "Red",
        Colour::Orange => "Orange",
        Colour::Yellow => "Yellow",
        Colour::Green => "Green",
        Colour::Blue => "Blue",
        Colour::Purple => "Purple",
        Colour::Pink => "Pink",
    }
}
