//! What a page request gets: status, redirects, HTML.

use axum::http::StatusCode;
use clerk::{keys::InstanceKind, test_util::session};

use crate::support::{World, ann_at_acme, ben_at_acme};

#[tokio::test]
async fn public_pages_need_nobody() {
    let world = World::new().await;
    let landing = world.get(None, "/").await;
    assert_eq!(landing.status, StatusCode::OK);
    landing.assert_shows("Get started");
    landing.assert_shows("<title>Projects, kept apart · Tenantry</title>");
    let landing = world.get(Some(&ann_at_acme()), "/").await;
    landing.assert_shows("Open app");
    landing.assert_lacks("Get started");
}

#[tokio::test]
async fn sign_in_is_for_those_who_are_not() {
    let world = World::new().await;
    let page = world
        .get(None, "/sign-in?redirect_url=%2Fapp%2Facme%2Fprojects")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_shows("data-clerk=\"SignIn\"");
    page.assert_shows("&quot;forceRedirectUrl&quot;:&quot;/app/acme/projects&quot;");
    page.assert_shows(
        "/__clerk/portal/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fapp%2Facme%2Fprojects",
    );
    let evil = world
        .get(None, "/sign-up?redirect_url=https%3A%2F%2Fevil.test")
        .await;
    evil.assert_shows("&quot;forceRedirectUrl&quot;:&quot;/app&quot;");
    evil.assert_lacks("redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fevil");
    evil.assert_lacks("=\"https://evil");
    let ann = ann_at_acme();
    let on = world
        .get(Some(&ann), "/sign-in?redirect_url=%2Fapp%2Fx")
        .await;
    assert_eq!(
        (on.status, on.location.as_str()),
        (StatusCode::SEE_OTHER, "/app/x")
    );
    let on = world
        .get(Some(&ann), "/sign-in?redirect_url=%2F%2Fevil.test")
        .await;
    assert_eq!(on.location, "/app");
}

#[tokio::test]
async fn protected_pages_lead_through_sign_in_and_choice() {
    let world = World::new().await;
    for path in [
        "/app/acme/projects?show=archived",
        "/app",
        "/select-organization",
    ] {
        let answer = world.get(None, path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(
            answer.location.starts_with("/sign-in?redirect_url=%2F"),
            "{path}"
        );
    }
    let nobody_yet = session("user_new", None);
    let answer = world.get(Some(&nobody_yet), "/app").await;
    assert_eq!(answer.location, "/select-organization");
    let choice = world.get(Some(&nobody_yet), "/select-organization").await;
    choice.assert_shows("Welcome to Tenantry");
    let answer = world.get(Some(&ann_at_acme()), "/app").await;
    assert_eq!(answer.location, "/app/acme");
}

#[tokio::test]
async fn the_choice_lists_ones_own_organizations() {
    let world = World::new().await;
    let ann = world
        .get(Some(&ann_at_acme()), "/select-organization")
        .await;
    ann.assert_shows("href=\"/app/globex\"");
    ann.assert_shows("The &lt;globex&gt;");
    let ben = world
        .get(Some(&ben_at_acme()), "/select-organization")
        .await;
    ben.assert_lacks("globex");
}

#[tokio::test]
async fn all_that_is_not_there_looks_the_same() {
    let world = World::new().await;
    let ben = ben_at_acme();
    let foreign = world.get(Some(&ben), "/app/globex/projects").await;
    let missing = world.get(Some(&ben), "/app/nobody/projects").await;
    let unknown = world.get(Some(&ben), "/no/such/page").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let blank = |answer: &crate::support::Answer, path: &str| answer.comparable().replace(path, "");
    let page = blank(&foreign, "/app/globex/projects");
    assert_eq!(page, blank(&missing, "/app/nobody/projects"));
    assert_eq!(page, blank(&unknown, "/no/such/page"));
    assert!(page.contains("Page not found · Tenantry"));
}

#[tokio::test]
async fn an_outage_is_no_empty_list() {
    let world = World::new().await;
    // Unknown here, so Clerk must be asked; and Clerk does not answer.
    let stranger = session("user_stranger", Some(("org_acme", "acme", "org:member")));
    for path in ["/app/acme/projects", "/select-organization", "/app"] {
        let answer = world.get(Some(&stranger), path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        answer.assert_shows("Temporarily unavailable");
        answer.assert_lacks("No projects yet");
        answer.assert_lacks("not in an organization yet");
    }
}

#[tokio::test]
async fn pages_obey_the_strict_policy() {
    let world = World::new().await;
    let ann = ann_at_acme();
    for (who, path) in [
        (None, "/"),
        (None, "/sign-in"),
        (None, "/sign-up"),
        (None, "/nowhere"),
        (Some(&ann), "/select-organization"),
        (Some(&ann), "/app/acme/projects"),
    ] {
        let page = world.get(who, path).await;
        page.assert_lacks(" style=");
        page.assert_lacks("<style");
        page.assert_lacks(" onclick=");
        page.assert_lacks("<table");
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        assert_eq!(page.body.matches("<main").count(), 1, "{path}");
        assert_eq!(page.body.matches("<title>").count(), 1, "{path}");
        // Every script has the nonce, and the nonce is nowhere else.
        let with_nonce = format!("nonce=\"{}\"", page.nonce);
        let scripts = page.body.matches("<script").count();
        assert!(scripts > 0);
        assert_eq!(
            page.body.matches(&with_nonce).count(),
            scripts,
            "{path}\n{}",
            page.body
        );
        assert_eq!(page.body.matches(&page.nonce).count(), scripts, "{path}");
    }
}

#[tokio::test]
async fn the_theme_cookie_decides_before_the_first_paint() {
    let world = World::new().await;
    let dark = world.get_with(None, "/", "a=b; theme=dark").await;
    dark.assert_shows("data-theme=\"dark\"");
    let own = world.get_with(None, "/", "theme=\"><script>").await;
    own.assert_lacks("data-theme");
    own.assert_lacks("\"><script>");
    let contrast = world.get_with(None, "/", "theme=contrast").await;
    contrast.assert_shows("data-theme=\"contrast\"");
}

#[tokio::test]
async fn pages_speak_the_language_that_was_chosen_or_accepted() {
    let world = World::new().await;
    let ann = ann_at_acme();
    for (who, path, german) in [
        (None, "/", "Loslegen"),
        (None, "/nowhere", "Seite nicht gefunden"),
        (None, "/sign-in", "Ohne JavaScript anmelden"),
        (None, "/sign-up", "Konto anlegen"),
        (Some(&ann), "/select-organization", "Organisation wählen"),
        (Some(&ann), "/app/acme/projects", "Projekt anlegen"),
    ] {
        let english = world.get(who, path).await;
        english.assert_shows("<html lang=\"en\"");
        english.assert_lacks(german);
        assert_eq!(english.language, "en", "{path}");
        let page = world.get_with(who, path, "lang=de").await;
        page.assert_shows("<html lang=\"de\"");
        page.assert_shows(german);
        assert_eq!(page.language, "de", "{path}");
        assert_eq!(page.vary, "Cookie, Accept-Language", "{path}");
    }
    let accepted = world.get_accepting(None, "/", "fr, de-AT;q=0.8").await;
    accepted.assert_shows("<html lang=\"de\"");
}

#[tokio::test]
async fn texts_about_tasks_say_which_and_how_many() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let who = Some(&ann);
    let once = "request_id=0192f0c1-a2b3-7c4d-8e5f-60718293a4b5";
    let id_after = |page: &str, path: &str| page.split_once(path).unwrap().1[..36].to_owned();
    let form = format!("org=acme&name=Roof&{once}");
    world.post(who, "/api/projects/create", &form).await;
    let projects = world.get(who, "/app/acme/projects").await;
    let project = id_after(&projects.body, "/app/acme/projects/");
    let board = format!("/app/acme/projects/{project}");
    let form = format!("org=acme&project={project}&title=Tiles&status=todo&{once}");
    world.post(who, "/api/tasks/create", &form).await;
    let id = id_after(&world.get(who, &board).await.body, "/app/acme/tasks/");
    for (path, form) in [
        ("/api/tasks/due", "version=1&due=2020-02-29"),
        ("/api/tasks/move", "version=1&to=in_progress"),
        ("/api/comments/add", &format!("body=Red&{once}")),
    ] {
        let form = format!("org=acme&id={id}&{form}");
        let done = world.post(who, path, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{path}");
    }
    let task = format!("/app/acme/tasks/{id}");
    let search = "/app/acme/search?q=tiles";
    for (path, english, german) in [
        (
            board.as_str(),
            "\"{task}: place {place} of {all} in {column}.\"",
            "\"{task}: Platz {place} von {all} in „{column}“.\"",
        ),
        (&board, "Grab “Tiles”", "„Tiles“ greifen"),
        (&board, "To Done", "Nach „Erledigt“"),
        (&board, ">1 comment<", ">1 Kommentar<"),
        (&board, "Overdue: ", "Überfällig: "),
        (&task, "Created by user_ann, ", "Angelegt von user_ann, "),
        (
            &task,
            "user_ann set the due date to 2020-02-29",
            "user_ann hat das Fälligkeitsdatum auf 2020-02-29 gesetzt",
        ),
        (
            &task,
            "user_ann moved it to In progress",
            "user_ann hat die Aufgabe nach „In Arbeit“ verschoben",
        ),
        (
            &task,
            "user_ann commented",
            "user_ann hat einen Kommentar geschrieben",
        ),
        (search, "1 result<", "1 Treffer<"),
        (search, "Task #1 · In progress", "Aufgabe #1 · In Arbeit"),
        ("/app/acme/my-tasks", "Nothing to do", "Nichts zu tun"),
    ] {
        world.get(who, path).await.assert_shows(english);
        let page = world.get_with(who, path, "lang=de").await;
        page.assert_shows(german);
        page.assert_lacks(english);
    }
}

#[tokio::test]
async fn the_language_switch_works_without_scripts_and_stays_on_our_site() {
    let world = World::new().await;
    let page = world.get(None, "/sign-in?redirect_url=%2Fapp").await;
    page.assert_shows("value=\"/sign-in?redirect_url=%2Fapp\"");
    let chosen = world
        .post(None, "/api/language", "lang=de&back=%2Fapp%3Fa%3Db")
        .await;
    assert_eq!(
        (chosen.status, chosen.location.as_str()),
        (StatusCode::SEE_OTHER, "/app?a=b")
    );
    assert!(chosen.cookies[0].starts_with("lang=de; Path=/; "));
    let elsewhere = world
        .post(None, "/api/language", "lang=en&back=%2F%2Fevil.test")
        .await;
    assert_eq!(elsewhere.location, "/");
    let unknown = world.call(None, "/api/language", "lang=xx&back=%2F").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(unknown.cookies.is_empty());
}

#[tokio::test]
async fn the_overview_shows_what_changed_and_makes_the_first_project_easy() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let empty = world.get(Some(&ann), "/app/acme").await;
    assert_eq!(empty.status, StatusCode::OK);
    empty.assert_shows("No projects yet");
    empty.assert_shows("action=\"/api/projects/create\"");
    empty.assert_shows("The &lt;acme&gt;</h1>");
    for (number, name) in ["First", "Second"].into_iter().enumerate() {
        let form =
            format!("org=acme&name={name}&request_id=0192f0c1-a2b3-7c4d-8e5f-60718293a4b{number}");
        let made = world.post(Some(&ann), "/api/projects/create", &form).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER);
    }
    let full = world.get(Some(&ben_at_acme()), "/app/acme").await;
    full.assert_lacks("No projects yet");
    assert!(full.body.find(">Second<").unwrap() < full.body.find(">First<").unwrap());
    full.assert_shows("href=\"/app/acme/projects\"");
    full.assert_shows("href=\"/app/acme/members\"");
}

#[tokio::test]
async fn the_navigation_says_where_one_is() {
    let world = World::new().await;
    let ann = ann_at_acme();
    for (path, keys, section) in [
        ("/app/acme", "g o", "Overview"),
        ("/app/acme/projects", "g p", "Projects"),
        ("/app/acme/projects?show=archived", "g p", "Projects"),
        ("/app/acme/settings", "g s", "Settings"),
    ] {
        let page = world.get(Some(&ann), path).await;
        // Wide and narrow.
        let here =
            format!("aria-current=\"page\" data-key=\"{keys}\" class=\"nav-link\">{section}</a>");
        assert_eq!(page.body.matches(&here).count(), 2, "{path}\n{}", page.body);
        assert_eq!(
            page.body.matches("class=\"nav-link\"").count(),
            14,
            "{path}"
        );
        let crumbs = page.body.matches("class=\"breadcrumbs\"").count();
        assert_eq!(crumbs, usize::from(path != "/app/acme"), "{path}");
    }
}

#[tokio::test]
async fn an_error_inside_an_organization_keeps_its_frame() {
    let world = World::new().await;
    let ben = ben_at_acme();
    for path in ["/app/acme/nowhere", "/app/acme/projects?delete=0192f0c1"] {
        let page = world.get(Some(&ann_at_acme()), path).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        page.assert_shows("class=\"nav nav-wide\"");
        page.assert_shows(">Overview</a>");
    }
    // Others' organizations have no frame to keep.
    let foreign = world.get(Some(&ben), "/app/globex/nowhere").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    foreign.assert_lacks("nav-wide");
    let outage = world
        .get(
            Some(&session("user_x", Some(("org_acme", "acme", "org:member")))),
            "/app/acme",
        )
        .await;
    assert_eq!(outage.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(outage.retry_after, "60");
}

#[tokio::test]
async fn the_style_guide_is_for_development() {
    let mut world = World::new().await;
    let guide = world.get(None, "/styleguide?notice=project-created").await;
    assert_eq!(guide.status, StatusCode::OK);
    guide.assert_shows("data-scheme=\"light\"");
    guide.assert_shows("data-scheme=\"dark\"");
    guide.assert_shows("Project created.");
    world.instance = InstanceKind::Production;
    let hidden = world.get(None, "/styleguide").await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    hidden.assert_lacks("data-scheme");
}

#[tokio::test]
async fn the_shell_searches_and_leads_by_keys() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let page = world.get(Some(&ann), "/app/acme/projects").await;
    page.assert_shows("class=\"header-search\"");
    page.assert_shows("data-palette=\"/app/acme/go\"");
    page.assert_shows("data-key=\"g p\"");
    // What the palette shows is asked for when it opens, and who is invited when the menu is.
    page.assert_lacks("data-go=");
    page.assert_shows("data-later=\"/select-organization\"");

    let go = world.get(Some(&ann), "/app/acme/go").await;
    assert_eq!(go.status, StatusCode::OK);
    go.assert_shows("href=\"/app/acme/projects#new-project\"");
    go.assert_shows("href=\"/app/globex\"");
    go.assert_shows("name=\"theme\" value=\"contrast\"");
    let go = world.get(Some(&ann), "/app/acme/go?q=%3Cb%3E").await;
    go.assert_shows("data-go=\"Nothing by this name\"");
    go.assert_shows("Search for “&lt;b&gt;”");
    go.assert_lacks("href=\"/app/globex\"");

    // Nobody else's organizations are in it.
    let ben = ben_at_acme();
    let go = world.get(Some(&ben), "/app/acme/go").await;
    go.assert_lacks("globex");
    let foreign = world.get(Some(&ben), "/app/globex/go").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_keys_are_listed_for_everybody() {
    let world = World::new().await;
    let keys = world.get(None, "/shortcuts").await;
    assert_eq!(keys.status, StatusCode::OK);
    keys.assert_shows("data-sheet-part");
    keys.assert_shows("<kbd>g</kbd>");
    keys.assert_shows("Keyboard shortcuts");
    // Those who may see the insights get there by keys, and nobody else is told of it.
    let to_insights = "<kbd>i</kbd>";
    keys.assert_lacks(to_insights);
    let of_member = world.get(Some(&ben_at_acme()), "/shortcuts").await;
    of_member.assert_lacks(to_insights);
    let of_admin = world.get(Some(&ann_at_acme()), "/shortcuts").await;
    of_admin.assert_shows(to_insights);
}

#[tokio::test]
async fn people_are_those_of_the_organization_that_have_the_name() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let all = world.get(Some(&ann), "/app/acme/people").await;
    assert_eq!(all.status, StatusCode::OK);
    all.assert_shows("data-people=\"2 people\"");
    let nobody = world.get(Some(&ann), "/app/acme/people?q=zeppelin").await;
    nobody.assert_shows("data-people=\"Nobody by this name\"");
    nobody.assert_lacks("data-name=");
    let foreign = world.get(Some(&ben_at_acme()), "/app/globex/people").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    foreign.assert_lacks("data-people");
}

#[tokio::test]
async fn the_page_for_being_offline_needs_nothing_but_what_is_kept() {
    let world = World::new().await;
    let page = world
        .get_with(Some(&ann_at_acme()), "/offline", "theme=dark; lang=de")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_shows("Sie sind offline");
    page.assert_shows("data-theme=\"dark\"");
    for missing in [
        "modulepreload",
        "leptos-island",
        "<form",
        "acme",
        "user_ann",
    ] {
        page.assert_lacks(missing);
    }
    let other = world.get(Some(&ann_at_acme()), "/").await;
    other.assert_shows("modulepreload");
    other.assert_shows("/service-worker.js");
}
