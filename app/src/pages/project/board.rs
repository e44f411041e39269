//! The board: a column for each status, its cards in the order that people gave them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{
    Board, BoardColumn, COLUMN_LIMIT, COLUMN_SIZE, Day, Move, Place, ProjectId, Status, TaskCard,
    TaskId,
};

use super::{
    May,
    actions::{CreateTask, MoveTask},
    address::Address,
    moves,
};
use crate::{
    components::{
        board::BoardMoves,
        field::{TextField, error_of},
        icons,
    },
    error::Field,
    forms::Refusal,
    language::texts,
    pages::task::{
        card::{facts, title_link},
        people::People,
        status_name,
    },
};

// What stands in the texts of the board's island until it knows better.
const TASK: &str = "{task}";
const PLACE: &str = "{place}";
const ALL: &str = "{all}";
const COLUMN: &str = "{column}";

/// What every card of a board needs to know.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub address: &'a Address,
    pub project: ProjectId,
    pub may: May,
    pub people: &'a People,
    pub today: Day,
    pub refusal: &'a Refusal,
}

/// The columns.
pub fn columns(frame: Frame<'_>, board: Board) -> AnyView {
    let texts = texts();
    let columns = board
        .columns
        .iter()
        .map(|one| column(frame, one))
        .collect_view();
    view! {
        <p class="alert" role="alert" data-board-error=""></p>
        <p class="visually-hidden" role="status" data-board-says=""></p>
        <div
            class="board"
            data-board=""
            data-move=MoveTask::PATH
            data-org=frame.address.slug.clone()
            data-say-grabbed=texts.board_grabbed(TASK, PLACE, ALL, COLUMN)
            data-say-moved=texts.board_moved(TASK, PLACE, ALL, COLUMN)
            data-say-dropped=texts.board_dropped(TASK, PLACE, ALL, COLUMN)
            data-say-returned=texts.board_returned(TASK, PLACE, ALL, COLUMN)
            data-say-conflict=texts.board_conflict()
            data-say-refused=texts.board_refused()
            data-say-unreachable=texts.board_unreachable()
        >
            {columns}
        </div>
        {frame.may.edit.then(|| view! { <BoardMoves/> })}
    }
    .into_any()
}

fn column(frame: Frame<'_>, column: &BoardColumn) -> AnyView {
    let BoardColumn {
        status,
        cards,
        total,
    } = column;
    let (status, total) = (*status, *total);
    let name = status_name(status);
    let heading = format!("column-{}", status.as_str());
    let labelled_by = heading.clone();
    let ids: Vec<TaskId> = cards.iter().map(|card| card.task.id).collect();
    let shown = cards.len() as u64;
    let more = total.saturating_sub(shown);
    let more = (more > 0).then(|| (more, show_more(frame, status, shown, total)));
    let (hidden, more) = more.unzip();
    let cards = cards
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let above = at.checked_sub(1).and_then(|at| ids.get(at));
            // Where the address of a board with more cards may point to.
            let begins = at > 0 && (at as u64).is_multiple_of(COLUMN_SIZE);
            let anchor = begins.then(|| format!("{}-{at}", status.as_str()));
            card(frame, one, above, ids.get(at + 1), anchor)
        })
        .collect_view();
    view! {
        <section
            class="column"
            data-column=status.as_str()
            data-name=name
            aria-labelledby=labelled_by
        >
            <h2 id=heading>
                <span>{name.clone()}</span>
                <span class="count">
                    <span data-count="" data-more=hidden>{total}</span>
                    <span class="visually-hidden">" " {texts().board_tasks()}</span>
                </span>
            </h2>
            <ol class="cards" data-cards="">{cards}</ol>
            {more}
            {frame.may.create.then(|| add_form(frame, status))}
        </section>
    }
    .into_any()
}

fn card(
    frame: Frame<'_>,
    card: &TaskCard,
    above: Option<&TaskId>,
    below: Option<&TaskId>,
    anchor: Option<String>,
) -> AnyView {
    let task = &card.task;
    let tools = frame.may.edit.then(|| {
        view! {
            <div class="card-tools">
                <button
                    class="card-grab"
                    type="button"
                    aria-pressed="false"
                    hidden=true
                    data-grab=""
                >
                    <span class="visually-hidden">{texts().board_grab(&task.title)}</span>
                    {icons::grip()}
                </button>
                {menu(frame, card, above, below)}
            </div>
        }
    });
    view! {
        <li
            id=anchor
            class="card"
            data-card=task.id.to_string()
            data-name=task.title.clone()
            data-version=task.place_version
        >
            <p class="card-title">{title_link(&frame.address.slug, task)}</p>
            {tools}
            {facts(card, frame.people, frame.today)}
        </li>
    }
    .into_any()
}

/// The way to a page with more cards of this column; in one that is too long, to the list.
fn show_more(frame: Frame<'_>, status: Status, shown: u64, total: u64) -> AnyView {
    let texts = texts();
    let address = frame.address;
    let name = status_name(status);
    let size = address.size_of(status);
    if size >= COLUMN_LIMIT {
        let href = address.list_of(status);
        return view! {
            <a class="menu-button" href=href>{texts.board_all_in_list(total, &name)}</a>
        }
        .into_any();
    }
    let next = total.min(address.next_size(status));
    let href = address.with_more(status, shown);
    view! {
        <a class="menu-button" href=href>
            {texts.board_show_more(next.saturating_sub(shown))}
            <span class="visually-hidden">" " {texts.board_show_more_of(&name)}</span>
        </a>
    }
    .into_any()
}

/// The places that a card can go to without being dragged.
fn menu(
    frame: Frame<'_>,
    card: &TaskCard,
    above: Option<&TaskId>,
    below: Option<&TaskId>,
) -> AnyView {
    let texts = texts();
    let task = &card.task;
    let here = task.status;
    let beside = |place| {
        moves::write(Move {
            status: here,
            place,
        })
    };
    let mut places: Vec<(String, String)> = Vec::new();
    if let Some(above) = above {
        places.push((beside(Place::Before(*above)), texts.board_up()));
    }
    if let Some(below) = below {
        places.push((beside(Place::After(*below)), texts.board_down()));
    }
    for status in Status::ALL {
        if status != here {
            let label = texts.board_to(status_name(status));
            places.push((status.as_str().to_owned(), label));
        }
    }
    let buttons = places
        .into_iter()
        .map(|(to, label)| {
            view! {
                <button class="menu-item" type="submit" name="to" value=to>{label}</button>
            }
        })
        .collect_view();
    view! {
        <details class="menu menu-end" data-menu="">
            <summary class="menu-button">
                <span class="visually-hidden">{texts.board_move(&task.title)}</span>
                {icons::dots()}
            </summary>
            <form class="menu-panel" method="post" action=MoveTask::PATH>
                <input type="hidden" name="org" value=frame.address.slug.clone()/>
                <input type="hidden" name="project" value=frame.project.to_string()/>
                <input type="hidden" name="id" value=task.id.to_string()/>
                <input type="hidden" name="version" value=task.place_version/>
                {buttons}
            </form>
        </details>
    }
    .into_any()
}

/// A title and a button. It begins folded, unless its title was refused.
fn add_form(frame: Frame<'_>, status: Status) -> AnyView {
    let texts = texts();
    let refusal = frame.refusal;
    let refused = refusal.kept_for(CreateTask::PATH, "status") == status.as_str();
    let error = refusal.of(CreateTask::PATH).filter(|_| refused);
    let value = match refused {
        true => refusal.kept_for(CreateTask::PATH, "title"),
        false => String::new(),
    };
    // One id per form served: the same form sent twice makes one task.
    let request_id = uuid::Uuid::now_v7().to_string();
    view! {
        <details class="disclosure" open=refused>
            <summary class="menu-button">
                {icons::plus()}
                {texts.board_add()}
                <span class="visually-hidden">
                    " " {texts.board_add_to(status_name(status))}
                </span>
            </summary>
            <form class="add-task" method="post" action=CreateTask::PATH data-key="c">
                <input type="hidden" name="org" value=frame.address.slug.clone()/>
                <input type="hidden" name="project" value=frame.project.to_string()/>
                <input type="hidden" name="status" value=status.as_str()/>
                <input type="hidden" name="request_id" value=request_id/>
                <TextField
                    id=format!("new-{}", status.as_str())
                    name="title"
                    label=texts.tasks_title()
                    value=value
                    error=error_of(error, Field::Title)
                />
                <button class="button" type="submit">{texts.board_add()}</button>
            </form>
        </details>
    }
    .into_any()
}
