//! What the sample organizations did in the last half year: tasks that came and were done, week by
//! week, so that there is something to look back on, and to forecast from.

use clerk::{clock::ManualClock, session::Session};
use store::{
    Action, Move, NewProject, NewTask, Origin, Place, ProjectName, Status, Store, Task, TaskTitle,
};

use super::{StartError, failed, tasks::enter};

/// How many weeks it goes back.
pub(super) const WEEKS: i64 = 26;
pub(super) const WEEK_MS: i64 = 7 * DAY_MS;
const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;
/// In which week nothing was done any more for the second project.
const PUT_ASIDE: i64 = 18;

const PROJECTS: [&str; 2] = ["Customer support", "Trade fair"];

const TITLES: [&str; 8] = [
    "Answer the question about invoices",
    "Call back the customer from Tuesday",
    "Find out why the mail did not arrive",
    "Order new business cards",
    "Prepare the weekly numbers",
    "Thank the customer for the report",
    "Update the list of contacts",
    "Write down what the new customer asked for",
];

/// Plays the weeks up to now, beginning at the clock's time. The first of `people` is always there,
/// the others in some weeks.
pub(super) async fn play(
    store: &Store,
    clock: &ManualClock,
    people: &[Session],
    slug: &str,
) -> Result<(), StartError> {
    let Some(admin) = people.first() else {
        return Ok(());
    };
    let mut projects = Vec::new();
    for name in PROJECTS {
        let tenant = store
            .enter_for(admin, slug, Action::ProjectCreate, Origin::default())
            .await?;
        let name = ProjectName::parse(name).map_err(failed)?;
        let new = NewProject {
            name,
            request_id: None,
        };
        projects.push(tenant.projects().create(new).await?.id);
        tenant.commit().await?;
    }
    let mut open: Vec<Task> = Vec::new();
    for week in 0..WEEKS {
        // Each of those who are there takes a day of the week.
        let there = people
            .iter()
            .enumerate()
            .filter(|(at, _)| *at == 0 || (week + slug.len() as i64) % 5 != *at as i64);
        let mut passed = 0;
        for (at, session) in there {
            clock.advance(DAY_MS);
            passed += DAY_MS;
            let tenant = enter(store, session, slug).await?;
            for number in 0..created(week, at) {
                clock.advance(HOUR_MS);
                passed += HOUR_MS;
                let turn = (week * 3 + number + at as i64).unsigned_abs() as usize;
                let project = match week < PUT_ASIDE {
                    true => projects.get(turn % projects.len()),
                    false => projects.first(),
                };
                let (Some(project), Some(title)) = (project, TITLES.get(turn % TITLES.len()))
                else {
                    continue;
                };
                let title = TaskTitle::parse(title).map_err(failed)?;
                let new = NewTask {
                    assignee: Some(session.user_id().clone()),
                    ..NewTask::titled(*project, title)
                };
                open.push(tenant.tasks().create(new).await?);
            }
            // Some are left for the week after; at the end nothing of it is.
            let left = match week + 1 < WEEKS {
                true => (week % 3) as usize,
                false => 0,
            };
            while open.len() > left {
                clock.advance(HOUR_MS / 4);
                passed += HOUR_MS / 4;
                let task = open.remove(0);
                let done = Move {
                    status: Status::Done,
                    place: Place::Last,
                };
                let version = task.place_version;
                tenant.tasks().move_to(task.id, version, done).await?;
            }
            tenant.commit().await?;
        }
        clock.advance(WEEK_MS - passed);
    }
    Ok(())
}

/// How many tasks somebody makes in a week: a little more from month to month, with ups and downs.
fn created(week: i64, person: usize) -> i64 {
    let ups_and_downs = (week * 7 + person as i64 * 3) % 4;
    2 + week / 9 + ups_and_downs - i64::from(person > 0)
}
