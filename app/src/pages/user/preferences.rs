//! `/user/preferences`: how the person likes pages.

use clerk::{api::UserMetadata, models::Metadata, session::Session};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::Preferences as Stored;

use super::frame;
use crate::{
    components::{
        field::error_of,
        select::{Choice, Select},
        theme::Theme,
    },
    context::{RequestContext, request_context},
    error::{AppError, Field, Problem},
    forms::{Done, Posted, Refusal},
    language::texts,
    notice::Notice,
    pages::{page, select_organization::invalid},
    preferences::{Density, Preferences, Zone, names_of_zones},
};

/// The page's path.
pub const PREFERENCES: &str = "/user/preferences";

/// The page.
#[component]
pub fn PreferencesPage() -> impl IntoView {
    page(async {
        let context = request_context()?;
        let me = context.store.me(context.session()?).await?;
        Preferences::take_over(&me.preferences);
        let content = view! { <Form/> };
        frame(&context, texts().user_preferences(), content.into_any())
    })
}

#[component]
fn Form() -> impl IntoView {
    let texts = texts();
    let now = Preferences::of_request();
    let refusal = Refusal::from_request();
    let chosen = |field, now: &str| match refusal.is_about(SetPreferences::PATH) {
        true => refusal.kept_for(SetPreferences::PATH, field),
        false => now.to_owned(),
    };
    let themes = Theme::ALL.map(|theme| Choice::new(theme.key(), theme.name(texts)));
    let densities = [
        Choice::new(Density::Comfortable.key(), texts.density_comfortable()),
        Choice::new(Density::Compact.key(), texts.density_compact()),
    ];
    let zones = names_of_zones();
    let zones = zones
        .iter()
        .map(|name| Choice::new(name, name.replace('_', " ")));
    let error = error_of(refusal.of(SetPreferences::PATH), Field::TimeZone);
    view! {
        <form class="form settings" method="post" action=SetPreferences::PATH>
            <Select
                id="theme"
                name="theme"
                label=texts.theme_label()
                choices=themes.into()
                chosen=chosen(Stored::THEME, now.theme.key())
            />
            <Select
                id="density"
                name="density"
                label=texts.density_label()
                choices=densities.into()
                chosen=chosen(Stored::DENSITY, now.density.key())
            />
            <div>
                <Select
                    id="time-zone"
                    name="time_zone"
                    label=texts.time_zone_label()
                    choices=zones.collect()
                    chosen=chosen(Stored::TIME_ZONE, now.zone.name())
                />
                <p class="hint">{texts.time_zone_hint()}</p>
                {error.map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
            </div>
            <p class="page-note">{texts.preferences_about()}</p>
            <button class="button button-primary" type="submit">{texts.preferences_save()}</button>
        </form>
    }
    .into_any()
}

/// Keeps how the person likes pages, on all of their devices.
#[server(endpoint = "user/preferences")]
pub async fn set_preferences(
    theme: String,
    density: String,
    time_zone: String,
) -> Result<(), AppError> {
    let outcome = set(&theme, &density, &time_zone).await;
    Posted {
        function: SetPreferences::PATH,
        page: PREFERENCES.to_owned(),
        kept: &[
            (Stored::THEME, &theme),
            (Stored::DENSITY, &density),
            (Stored::TIME_ZONE, &time_zone),
        ],
    }
    .answer(outcome)
}

async fn set(theme: &str, density: &str, time_zone: &str) -> Result<Done, AppError> {
    let context = request_context()?;
    let session = context.session()?;
    let wanted = Preferences {
        theme: Theme::parse(theme).ok_or(AppError::BadRequest)?,
        density: Density::parse(density).ok_or(AppError::BadRequest)?,
        zone: Zone::parse(time_zone)
            .ok_or_else(|| invalid(Field::TimeZone, Problem::Unknown, time_zone))?,
    };
    let pairs = [
        (Stored::THEME, wanted.theme.key()),
        (Stored::DENSITY, wanted.density.key()),
        (Stored::TIME_ZONE, wanted.zone.name()),
    ];
    save(&context, session, &pairs).await?;
    // The theme's always: the browser may have one that was never saved.
    wanted.theme.remember();
    let before = Preferences {
        theme: wanted.theme,
        ..Preferences::of_request()
    };
    wanted.remember_where_other_than(&before);
    Ok(Done {
        page: PREFERENCES.to_owned(),
        notice: Some(Notice::PreferencesSaved),
    })
}

/// Writes preferences into the public metadata of the session's person at Clerk, and takes its
/// answer over.
///
/// # Errors
/// [`AppError::ClerkUnavailable`]; [`AppError::SignedOut`] when Clerk no longer knows the person.
pub async fn save(
    context: &RequestContext,
    session: &Session,
    pairs: &[(&str, &str)],
) -> Result<(), AppError> {
    let pairs = pairs.iter();
    let public_metadata: Metadata = pairs
        .map(|(key, value)| ((*key).to_owned(), (*value).into()))
        .collect();
    let metadata = UserMetadata {
        public_metadata: Some(public_metadata),
        ..UserMetadata::default()
    };
    let users = context.clerk.users();
    let user = match users.merge_metadata(session.user_id(), &metadata).await {
        Ok(user) => user,
        Err(error) if error.is_not_found() => return Err(AppError::SignedOut),
        Err(error) => return Err(error.into()),
    };
    context.store.identity().user_changed(&user).await?;
    tracing::info!(user.id = %user.id, "preferences saved");
    Ok(())
}
