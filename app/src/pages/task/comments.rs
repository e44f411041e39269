//! What was said about a task, and the form to say more.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::Comment;

use super::{
    Data,
    actions::comments::{AddComment, DeleteComment, EditComment},
    conflict::conflict,
    hidden, of_task,
};
use crate::{
    components::{
        field::error_of,
        icons,
        mention::MentionNames,
        select::{Choice, Select},
        text_area::TextArea,
        time::Time,
    },
    error::Field,
    forms::query_value,
    language::texts,
    live::shown::typing,
    markdown,
    pages::people::people_of,
};

/// The query parameter that names the comment whose form was refused.
const COMMENT: &str = "comment";

/// The comments, oldest first, and the form that adds one.
pub fn comments(data: &Data) -> AnyView {
    let texts = texts();
    let comments = &data.details.comments;
    let rows = comments.iter().map(|one| comment(data, one)).collect_view();
    let list = match comments.is_empty() {
        true => view! { <p class="page-note">{texts.comments_none()}</p> }.into_any(),
        false => view! { <ol class="comments">{rows}</ol> }.into_any(),
    };
    view! {
        <section class="task-section" aria-labelledby="comments">
            <h2 id="comments">{texts.comments_title()}</h2>
            {list}
            {typing(&data.here)}
            {data.may.comment.then(|| view! { {add_form(data)} <MentionNames/> })}
        </section>
    }
    .into_any()
}

fn comment(data: &Data, comment: &Comment) -> AnyView {
    let texts = texts();
    let names: Vec<String> = comment
        .mentions
        .iter()
        .map(|user| data.people.name(user))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let html = markdown::to_html(&comment.body, &names);
    let own = comment.created_by == data.me;
    let edit = (own && data.may.comment).then(|| edit_form(data, comment));
    let delete = (own && data.may.comment || data.may.moderate).then(|| {
        view! {
            <form method="post" action=DeleteComment::PATH>
                {of_comment(data, comment)}
                <button class="menu-item menu-item-danger" type="submit">
                    {texts.comments_delete()}
                </button>
            </form>
        }
    });
    let tools = (edit.is_some() || delete.is_some()).then(|| {
        view! {
            <details class="disclosure" open=is_refused(data, comment)>
                <summary class="menu-button">
                    {icons::dots()}
                    <span class="visually-hidden">
                        {texts.comments_change(data.people.name(&comment.created_by))}
                    </span>
                </summary>
                {edit}
                {delete}
            </details>
        }
    });
    view! {
        <li class="comment" id=format!("comment-{}", comment.id)>
            <p class="comment-head">
                <strong>{data.people.name(&comment.created_by)}</strong>
                <Time at_ms=comment.created_at/>
                {comment.edited_at.map(|_| texts.comments_edited())}
            </p>
            <div class="markdown" inner_html=html></div>
            {tools}
        </li>
    }
    .into_any()
}

fn is_refused(data: &Data, comment: &Comment) -> bool {
    let id = comment.id.to_string();
    data.refusal.is_about(EditComment::PATH) && query_value(COMMENT).as_ref() == Some(&id)
}

fn edit_form(data: &Data, comment: &Comment) -> AnyView {
    let texts = texts();
    let refusal = &data.refusal;
    let refused = is_refused(data, comment);
    let error = refusal.of(EditComment::PATH).filter(|_| refused);
    let value = match refused {
        true => refusal.kept_for(EditComment::PATH, "body"),
        false => comment.body.clone(),
    };
    view! {
        <form class="task-form" method="post" action=EditComment::PATH>
            {hidden(data, comment.version)}
            <input type="hidden" name="comment" value=comment.id.to_string()/>
            {refused.then(|| conflict(refusal, EditComment::PATH, &comment.body))}
            <TextArea
                id=format!("edit-{}", comment.id)
                name="body"
                label=texts.comments_text()
                value=value
                hint=texts.task_markdown()
                error=error_of(error, Field::Body)
                required=true
                mentions=mentions(data)
            />
            <button class="button" type="submit">{texts.comments_save()}</button>
        </form>
    }
    .into_any()
}

/// Where those are listed who can be mentioned. Who may not see members has none to choose from.
fn mentions(data: &Data) -> Option<String> {
    data.members.are_seen().then(|| people_of(&data.slug))
}

fn of_comment(data: &Data, comment: &Comment) -> AnyView {
    view! {
        {of_task(data)}
        <input type="hidden" name="comment" value=comment.id.to_string()/>
    }
    .into_any()
}

fn add_form(data: &Data) -> AnyView {
    let texts = texts();
    let refusal = &data.refusal;
    // One id per form served: the same form sent twice adds one comment.
    let request_id = uuid::Uuid::now_v7().to_string();
    let mut people = vec![Choice::new("", texts.comments_mention_nobody())];
    people.extend(data.members.choices(None));
    // Of very many one is sooner written than found in a list.
    let choose = !data.members.others && !data.members.members.is_empty();
    let hint = match choose {
        true => texts.comments_yours_hint(),
        false => texts.comments_yours_hint_write(),
    };
    view! {
        <form class="task-form" method="post" action=AddComment::PATH data-typing="">
            {of_task(data)}
            <input type="hidden" name="request_id" value=request_id/>
            <TextArea
                id="new-comment"
                name="body"
                label=texts.comments_yours()
                value=refusal.kept_for(AddComment::PATH, "body")
                hint=hint
                error=error_of(refusal.of(AddComment::PATH), Field::Body)
                required=true
                mentions=mentions(data)
            />
            {choose.then(|| view! {
                <Select id="mention" name="mention" label=texts.comments_mention() choices=people
                    chosen=""/>
            })}
            <button class="button button-primary" type="submit">
                {texts.comments_yours_submit()}
            </button>
        </form>
    }
    .into_any()
}
