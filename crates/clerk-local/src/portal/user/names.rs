//! First and last name.

use maud::{Markup, html};
use serde::Deserialize;

use super::{Correction, PAGE, page};
use crate::{
    flows::sign_up::name_or_none,
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::part,
        visit::{Sent, Visit, correctable},
    },
    state::{State, User, UserChanges},
};

/// The id of its part of the page.
const PART: &str = "names";

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    first_name: String,
    last_name: String,
}

/// Changes the names; an empty one is cleared.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    Ok(
        match correctable(store(&visit.state, &user, &given).await)? {
            Ok(_) => visit.go_to_saved(PAGE, PART),
            Err(error) => {
                let back = Correction::Names(&given, Refusal::of(&error));
                page(&visit, &session, &user, back).await?
            }
        },
    )
}

async fn store(state: &State, user: &User, given: &Given) -> crate::error::Result<User> {
    let changes = UserChanges {
        first_name: Some(name_or_none(&given.first_name, "first_name")?),
        last_name: Some(name_or_none(&given.last_name, "last_name")?),
        ..UserChanges::default()
    };
    state.update_user(&user.id, changes).await
}

pub(super) fn section(visit: &Visit, user: &User, correction: &Correction<'_>) -> Markup {
    let stored = (
        user.first_name.as_deref().unwrap_or_default(),
        user.last_name.as_deref().unwrap_or_default(),
    );
    let ((first, last), refusal) = match correction {
        Correction::Names(given, refusal) => (
            (given.first_name.as_str(), given.last_name.as_str()),
            *refusal,
        ),
        _ => (stored, Refusal::default()),
    };
    let field = |name, label, autocomplete, value| Field {
        value,
        required: false,
        error: refusal.of_field(name),
        autofocus: refusal.field() == Some(name),
        ..Field::new(name, label, "text", autocomplete)
    };
    let fields = html! {
        (refusal.beyond(&["first_name", "last_name"]))
        div.row {
            (field("first_name", "First name", "given-name", first).render())
            (field("last_name", "Last name", "family-name", last).render())
        }
        button { "Save names" }
    };
    let content = html! { (visit.saved(PART)) (visit.form("user/names", &fields)) };
    part(PART, "Name", &content)
}
