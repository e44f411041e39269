use clerk::clock::ManualClock;
use store::ProjectId;

use super::*;
use visitor::{AWAY_MS, LINGER_MS, OFFLINE_MS, SIGNS, TYPING_MS};

const ID: &str = "01934f3e-7a10-7000-8000-000000000001";

struct Scene {
    clock: ManualClock,
    live: Live,
    acme: OrganizationId,
    ada: UserId,
    ben: UserId,
}

impl Scene {
    fn new() -> Self {
        let clock = ManualClock::at(1_000_000_000);
        Self {
            live: Live::new(clock.shared()),
            clock,
            acme: OrganizationId::new("org_acme"),
            ada: UserId::new("user_ada"),
            ben: UserId::new("user_ben"),
        }
    }

    fn open(&self, user: &UserId, place: Place) -> OpenStream {
        self.live.open(&self.acme, user, place, true).unwrap()
    }

    /// Who is at a place: `ada+` online, `ada-` away, `ada+…` typing.
    fn at(&self, place: Place) -> Vec<String> {
        let present = self.live.at(&self.acme, place).into_iter();
        present
            .map(|one| {
                let name = one.user.as_str().trim_start_matches("user_");
                let state = match one.state {
                    State::Online => '+',
                    State::Away => '-',
                };
                format!("{name}{state}{}", if one.typing { "…" } else { "" })
            })
            .collect()
    }
}

#[test]
fn away_after_five_minutes_and_offline_after_fifteen() {
    let scene = Scene::new();
    let _ada = scene.open(&scene.ada, Place::Overview);
    assert_eq!(scene.at(Place::Overview), ["ada+"]);
    scene.clock.advance(AWAY_MS - 1);
    assert_eq!(scene.live.next_turn(&scene.acme), Some(1));
    assert_eq!(scene.at(Place::Overview), ["ada+"]);
    scene.clock.advance(1);
    assert_eq!(scene.at(Place::Overview), ["ada-"]);
    scene.live.sign(&scene.acme, &scene.ada, None);
    assert_eq!(scene.at(Place::Overview), ["ada+"], "a sign of life");
    scene.clock.advance(OFFLINE_MS);
    assert!(scene.at(Place::Overview).is_empty());
    assert_eq!(scene.live.next_turn(&scene.acme), None);
    // The browser came back by itself: nobody did anything.
    let again = scene
        .live
        .open(&scene.acme, &scene.ada, Place::Overview, false);
    assert!(again.is_ok() && scene.at(Place::Overview).is_empty());
}

#[test]
fn from_page_to_page_one_stays_and_elsewhere_one_is_not() {
    let scene = Scene::new();
    let project = Place::Project(ProjectId::parse(ID).unwrap());
    let first = scene.open(&scene.ada, project);
    let _ben = scene.open(&scene.ben, Place::Elsewhere);
    assert_eq!(scene.at(project), ["ada+"]);
    assert_eq!(scene.at(Place::Overview), ["ada+", "ben+"]);
    assert!(scene.at(Place::Elsewhere).is_empty());
    drop(first);
    assert_eq!(scene.at(project), ["ada+"], "a page may follow");
    scene.clock.advance(LINGER_MS);
    assert!(scene.at(project).is_empty());
    assert_eq!(
        scene.at(Place::Overview),
        ["ben+", "ada-"],
        "no page is open"
    );
    let globex = OrganizationId::new("org_globex");
    assert!(scene.live.at(&globex, Place::Overview).is_empty());
}

#[test]
fn typing_is_seen_on_its_task_and_ends_by_itself() {
    let scene = Scene::new();
    let id = TaskId::parse(ID).unwrap();
    let task = Place::Task(id);
    let _ada = scene.open(&scene.ada, task);
    let before = scene.live.digest(&scene.acme, task, &scene.ben);
    let own = scene.live.digest(&scene.acme, task, &scene.ada);
    scene.live.sign(&scene.acme, &scene.ada, Some(id));
    assert_eq!(scene.at(task), ["ada+…"]);
    assert_eq!(scene.at(Place::Overview), ["ada+"]);
    let after = scene.live.digest(&scene.acme, task, &scene.ben);
    assert_ne!(after, before);
    assert_eq!(scene.live.digest(&scene.acme, task, &scene.ada), own);
    assert_eq!(scene.live.next_turn(&scene.acme), Some(TYPING_MS as u64));
    scene.clock.advance(TYPING_MS);
    assert_eq!(scene.at(task), ["ada+"]);
    // A comment that was sent leads to its page, which is opened anew.
    scene.live.sign(&scene.acme, &scene.ada, Some(id));
    let _page = scene.open(&scene.ada, task);
    assert_eq!(scene.at(task), ["ada+"]);
}

#[test]
fn there_are_limits_and_who_is_gone_is_forgotten() {
    let scene = Scene::new();
    let (acme, ada) = (&scene.acme, &scene.ada);
    let streams: Vec<_> = (0..STREAMS)
        .map(|_| scene.open(ada, Place::Elsewhere))
        .collect();
    let one_more = scene.live.open(acme, ada, Place::Elsewhere, true);
    assert_eq!(one_more.err(), Some(AppError::TooOften));
    assert!(
        scene
            .live
            .open(acme, &scene.ben, Place::Elsewhere, true)
            .is_ok()
    );
    for _ in 0..SIGNS {
        scene.live.allow_sign(acme, ada).unwrap();
    }
    assert_eq!(scene.live.allow_sign(acme, ada), Err(AppError::TooOften));
    scene.clock.advance(60_000);
    assert_eq!(scene.live.allow_sign(acme, ada), Ok(()));

    drop(streams);
    scene.clock.advance(OFFLINE_MS);
    let globex = OrganizationId::new("org_globex");
    scene.live.sign(&globex, ada, None);
    let rooms = scene.live.locked();
    assert_eq!(rooms.of.keys().collect::<Vec<_>>(), [&globex]);
}
