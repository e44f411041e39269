//! Row 13: making another organization active, when the application asks for it.

use clerk::ids::OrganizationId;
use url::Url;

use crate::world::{NOW, Page, World};

#[tokio::test]
async fn a_page_load_is_sent_to_make_the_organization_active() {
    let world = World::development();
    let authenticator = world.authenticator();
    let page = Page::at("/app/globex?x=1").signed_in(&world.token(0), NOW);
    let organization = OrganizationId::new("org_2");
    let switch =
        |page: &Page| authenticator.switch_organization(&page.clone().parts(), &organization);

    let response = switch(&page).unwrap();
    assert_eq!(response.status(), 307);
    let headers = response.headers();
    assert_eq!(
        headers["x-clerk-auth-reason"],
        "active-organization-mismatch"
    );
    let cookie = headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__clerk_redirect_count=1;"), "{cookie}");
    let location = Url::parse(headers["location"].to_str().unwrap()).unwrap();
    let query = |name: &str| {
        location
            .query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    assert_eq!(query("organization_id").as_deref(), Some("org_2"));
    assert_eq!(
        query("redirect_url").as_deref(),
        Some("http://localhost:3000/app/globex?x=1")
    );
    assert_eq!(query("__session"), Some(world.token(0)));
    assert_eq!(query("__clerk_db_jwt").as_deref(), Some("dvb_1"));

    assert!(switch(&page.clone().cookie("__clerk_redirect_count", "2")).is_some());
    assert!(switch(&page.clone().cookie("__clerk_redirect_count", "3")).is_none());
    assert!(switch(&page.clone().by_script()).is_none());
    assert!(switch(&page.method("POST")).is_none());
}
