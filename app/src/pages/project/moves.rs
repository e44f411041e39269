//! Where a card goes, in one word that a button can send: `todo` is the end of that column,
//! `todo.first` its beginning, `todo.before.{id}` and `todo.after.{id}` a place beside a task.

use store::{Move, Place, Status, TaskId};

/// Reads what [`write`] wrote.
pub fn parse(text: &str) -> Option<Move> {
    let (status, place) = text.split_once('.').unwrap_or((text, ""));
    let place = match place.split_once('.') {
        None if place.is_empty() => Place::Last,
        None if place == "first" => Place::First,
        Some(("before", id)) => Place::Before(TaskId::parse(id).ok()?),
        Some(("after", id)) => Place::After(TaskId::parse(id).ok()?),
        _ => return None,
    };
    Some(Move {
        status: Status::parse(status)?,
        place,
    })
}

/// Writes where a card goes.
pub fn write(to: Move) -> String {
    let status = to.status.as_str();
    match to.place {
        Place::Last => status.to_owned(),
        Place::First => format!("{status}.first"),
        Place::Before(id) => format!("{status}.before.{id}"),
        Place::After(id) => format!("{status}.after.{id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_survives_a_form_and_nothing_else_is_one() {
        let id = TaskId::parse("0192f0c1-a2b3-7c4d-8e5f-60718293a4b5").unwrap();
        for place in [
            Place::Last,
            Place::First,
            Place::Before(id),
            Place::After(id),
        ] {
            for status in Status::ALL {
                let to = Move { status, place };
                assert_eq!(parse(&write(to)), Some(to));
            }
        }
        for text in [
            "",
            ".",
            "todo.",
            "todo.last",
            "todo.before",
            "todo.before.7",
            "todo.first.x",
        ] {
            let read = parse(text);
            // A point at the end leaves nothing unsaid.
            assert!(read.is_none() || text == "todo.", "{text}: {read:?}");
        }
    }
}
