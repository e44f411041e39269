//! What the sample organizations work on: tasks in every column, with labels, checklists, due
//! dates and a discussion here and there.

use clerk::session::Session;
use store::{
    Action, Colour, CommentBody, Day, Description, ItemText, LabelId, LabelName, NewComment,
    NewTask, Origin, ProjectId, Status, Store, TaskTitle, TenantMut,
};

use super::{StartError, failed};

/// How many tasks a project gets.
const TASKS: usize = 14;
const DAY_MS: i64 = 86_400_000;

const LABELS: [(&str, Colour); 5] = [
    ("bug", Colour::Red),
    ("design", Colour::Purple),
    ("customer request", Colour::Orange),
    ("documentation", Colour::Blue),
    ("good first task", Colour::Green),
];

/// A task to make.
struct Sample {
    title: &'static str,
    description: &'static str,
    /// The place in [`LABELS`].
    label: Option<usize>,
    checklist: &'static [&'static str],
    comments: &'static [&'static str],
}

const fn plain(title: &'static str) -> Sample {
    Sample {
        title,
        description: "",
        label: None,
        checklist: &[],
        comments: &[],
    }
}

const SAMPLES: [Sample; 18] = [
    Sample {
        description: "Interview **five** customers and write down what they tried *before* they \
                      asked us.\n\n- two from the trial\n- two who pay\n- one who left",
        label: Some(2),
        checklist: &[
            "Write to them",
            "Prepare questions",
            "Sum up what they said",
        ],
        comments: &[
            "I know somebody who left last month and still answers mail.",
            "Great, please bring them in. Thursday works for me.",
        ],
        ..plain("Ask customers what they expect")
    },
    Sample {
        description: "On a phone of 320 px the table runs out of the page.",
        label: Some(0),
        ..plain("Table is cut off on small screens")
    },
    Sample {
        label: Some(1),
        checklist: &["Light theme", "Dark theme", "High contrast"],
        ..plain("Sketch the empty state")
    },
    plain("Agree on what is in the first release"),
    Sample {
        description: "Steps:\n\n1. sign in\n2. leave the tab open overnight\n3. press *Save*\n\n\
                      Expected: it is saved. What happens: an error without a word.",
        label: Some(0),
        comments: &[
            "Same here, in Firefox too.",
            "Found it: the retry gives up too early.",
        ],
        ..plain("Saving fails after a night with the tab open")
    },
    Sample {
        label: Some(3),
        ..plain("Write the release notes")
    },
    Sample {
        label: Some(4),
        ..plain("Replace the old icons")
    },
    Sample {
        description: "`GET /reports` takes 2.4 s for the largest customer. Aim for 200 ms.",
        checklist: &["Measure", "Add the missing index", "Measure again"],
        ..plain("Make the slowest report fast")
    },
    plain("Plan the migration of existing data"),
    Sample {
        label: Some(2),
        comments: &["Asked for by three customers this week alone."],
        ..plain("Let people undo a deletion")
    },
    plain("Decide who is told when something fails"),
    Sample {
        label: Some(3),
        ..plain("Explain the permissions in the handbook")
    },
    Sample {
        checklist: &["Staging", "One customer", "Everybody"],
        ..plain("Roll out step by step")
    },
    Sample {
        label: Some(0),
        description: "Dates before 1970 show up a day early.",
        ..plain("Wrong day for very old dates")
    },
    plain("Remove what nobody uses"),
    Sample {
        label: Some(1),
        ..plain("Check the contrast of all colours")
    },
    Sample {
        label: Some(4),
        ..plain("Rename the settings so that they can be found")
    },
    plain("Thank everybody who tested"),
];

/// Makes an organization's labels.
pub(super) async fn labels(
    store: &Store,
    session: &Session,
    slug: &str,
) -> Result<Vec<LabelId>, StartError> {
    let tenant = enter(store, session, slug).await?;
    let mut labels = Vec::new();
    for (name, colour) in LABELS {
        let name = LabelName::parse(name).map_err(failed)?;
        labels.push(tenant.labels().create(name, colour).await?.id);
    }
    tenant.commit().await?;
    Ok(labels)
}

/// Gives a project tasks. The first of `people` makes them, all of them have some to do and talk
/// about them. They are due around `now` (unix milliseconds). `offset` keeps one project's from
/// looking like another's.
pub(super) async fn tasks(
    store: &Store,
    now: i64,
    people: &[Session],
    slug: &str,
    (project, offset): (ProjectId, usize),
    labels: &[LabelId],
) -> Result<(), StartError> {
    let Some(author) = people.first() else {
        return Ok(());
    };
    let mut comments = Vec::new();
    let tenant = enter(store, author, slug).await?;
    for index in 0..TASKS {
        let sample = &SAMPLES[(index + offset * 5) % SAMPLES.len()];
        // Every third has nobody, every second no day.
        let assignee = match (index + offset) % 3 {
            0 => None,
            turn => people.get(turn % people.len()),
        };
        let days = i64::try_from(index).unwrap_or_default() - 5;
        let due_on = (index % 2 == 0).then(|| Day::of_ms(now + days * DAY_MS));
        let new = NewTask {
            description: Description::parse(sample.description).map_err(failed)?,
            status: status(index),
            assignee: assignee.map(|session| session.user_id().clone()),
            due_on,
            labels: sample
                .label
                .and_then(|at| labels.get(at))
                .copied()
                .into_iter()
                .collect(),
            ..NewTask::titled(project, TaskTitle::parse(sample.title).map_err(failed)?)
        };
        let task = tenant.tasks().create(new).await?;
        for (at, text) in sample.checklist.iter().enumerate() {
            let text = ItemText::parse(text).map_err(failed)?;
            let item = tenant.tasks().add_item(task.id, text, None).await?;
            if !task.status.is_open() || (task.status == Status::InProgress && at == 0) {
                tenant.tasks().set_item_done(task.id, item.id, true).await?;
            }
        }
        comments.extend(sample.comments.iter().map(|body| (task.id, *body)));
    }
    tenant.commit().await?;
    // In turns, beginning with somebody else.
    for ((task, body), speaker) in comments.into_iter().zip(people.iter().cycle().skip(1)) {
        let tenant = enter(store, speaker, slug).await?;
        let said = NewComment {
            body: CommentBody::parse(body).map_err(failed)?,
            mentions: Vec::new(),
            request_id: None,
        };
        tenant.tasks().comment(task, said).await?;
        tenant.commit().await?;
    }
    Ok(())
}

/// Most are still to be done.
fn status(index: usize) -> Status {
    match index {
        0..3 => Status::Done,
        3..6 => Status::InProgress,
        6..10 => Status::Todo,
        10..13 => Status::Backlog,
        _ => Status::Canceled,
    }
}

pub(super) async fn enter(
    store: &Store,
    session: &Session,
    slug: &str,
) -> Result<TenantMut, StartError> {
    Ok(store
        .enter_for(session, slug, Action::TaskCreate, Origin::default())
        .await?)
}
