//! What pages show of who is here, and what they tell the island.

use clerk::ids::UserId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, Tenant};

use super::{
    LiveUpdates,
    here::SayHere,
    place::Place,
    presence::{Present, State},
    stream::EVENTS,
};
use crate::{
    components::header::Avatar, context::RequestContext, error::AppError, forms, language::texts,
    pages::task::people::People, redirects,
};

/// The most people that are shown one by one.
const SHOWN: usize = 12;

/// Who is at a place, as a page shows it.
#[derive(Default)]
pub struct Here {
    people: Vec<(String, State)>,
    /// How many there are beside them.
    more: usize,
    typing: Vec<String>,
    digest: Option<u64>,
}

impl Here {
    /// Everybody who is here, oneself included; nobody, for who may not see members.
    ///
    /// # Errors
    /// As the store says.
    pub async fn everybody(context: &RequestContext, tenant: &Tenant) -> Result<Self, AppError> {
        Self::read(context, tenant, Place::Overview, |_| true).await
    }

    /// The others who have the same project or task open.
    ///
    /// # Errors
    /// As the store says.
    pub async fn others(
        context: &RequestContext,
        tenant: &Tenant,
        place: Place,
    ) -> Result<Self, AppError> {
        let me = &tenant.membership().user_id;
        Self::read(context, tenant, place, |user| user != me).await
    }

    async fn read(
        context: &RequestContext,
        tenant: &Tenant,
        place: Place,
        counts: impl Fn(&UserId) -> bool,
    ) -> Result<Self, AppError> {
        if !tenant.can(Action::MemberRead) {
            return Ok(Self::default());
        }
        let organization = &tenant.organization().id;
        let me = &tenant.membership().user_id;
        // Before it is read: what changes meanwhile differs from it.
        let digest = context.live.digest(organization, place, me);
        let mut present = context.live.at(organization, place);
        present.retain(|one| counts(&one.user));
        let more = present.len().saturating_sub(SHOWN);
        present.truncate(SHOWN);
        let users = present.iter().map(|one| one.user.clone());
        let people = People::new(tenant.tasks().people(users).await?);
        let name = |one: &Present| people.name(&one.user);
        Ok(Self {
            typing: present.iter().filter(|one| one.typing).map(name).collect(),
            people: present.iter().map(|one| (name(one), one.state)).collect(),
            more,
            digest: Some(digest),
        })
    }
}

/// Who is here now, a part of the overview.
pub fn here_now(here: &Here) -> AnyView {
    let texts = texts();
    let rows = rows(here);
    (!here.people.is_empty())
        .then(|| {
            view! {
                <section aria-labelledby="here-now">
                    <div class="section-head">
                        <h2 id="here-now">{texts.live_here_now()}</h2>
                    </div>
                    <ul class="people">{rows}</ul>
                </section>
            }
        })
        .into_any()
}

/// Who else has the page open, beside its heading.
pub fn also_here(here: &Here) -> AnyView {
    let label = texts().live_also_here();
    let rows = rows(here);
    (!here.people.is_empty())
        .then(|| {
            view! {
                <div class="also-here">
                    <span id="also-here">{label}</span>
                    <ul aria-labelledby="also-here">{rows}</ul>
                </div>
            }
        })
        .into_any()
}

fn rows(here: &Here) -> AnyView {
    let texts = texts();
    let people = here.people.iter().map(|(name, state)| {
        let (key, said) = match state {
            State::Online => ("online", texts.live_online()),
            State::Away => ("away", texts.live_away()),
        };
        view! {
            <li class="person" data-presence=key>
                <Avatar name=name.clone()/>
                <span class="truncate" dir="auto">{name.clone()}</span>
                <span class="presence">{said}</span>
            </li>
        }
    });
    let more = (here.more > 0).then(|| view! { <li>{texts.live_more(here.more)}</li> });
    view! { {people.collect_view()} {more} }.into_any()
}

/// Who is writing a comment, announced politely.
pub fn typing(here: &Here) -> AnyView {
    let said = match here.typing.as_slice() {
        [] => String::new(),
        [one] => texts().live_typing(one),
        several => texts().live_typing_several(several.len()),
    };
    view! { <p class="typing" aria-live="polite">{said}</p> }.into_any()
}

/// What a page follows, and from where on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Following {
    place: Place,
    seq: i64,
    here: Option<u64>,
}

impl Following {
    /// What was changed since `tenant` was entered.
    pub fn since(tenant: &Tenant) -> Self {
        Self {
            seq: tenant.seq(),
            ..Self::default()
        }
    }

    /// As the page of this place.
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// As the page of this place, which shows who is there.
    pub fn with(self, place: Place, here: &Here) -> Self {
        Self {
            place,
            here: here.digest,
            ..self
        }
    }

    /// Which kinds of changes concern the page's main region; none, if it stays as it is.
    pub fn concerns(self) -> Option<&'static str> {
        Some(self.place.concerns()).filter(|kinds| !kinds.is_empty())
    }
}

/// What the island needs to know, and the island. Words included: it has none of its own.
#[component]
pub fn Wire(slug: String, following: Following) -> impl IntoView {
    let texts = texts();
    let Following { place, seq, here } = following;
    let (project, task) = match place {
        Place::Project(id) => (Some(id.to_string()), None),
        Place::Task(id) => (None, Some(id.to_string())),
        _ => (None, None),
    };
    view! {
        <div
            hidden
            data-live-stream=EVENTS.replace("{slug}", &redirects::segment(&slug))
            data-page=forms::own_path()
            data-seq=seq.to_string()
            data-place=place.key()
            data-here=here.map(|here| here.to_string())
            data-project=project
            data-task=task
            data-sign=SayHere::PATH
            data-org=slug
            data-say-updated=texts.live_updated()
        ></div>
        <p class="visually-hidden" role="status" data-live-says=""></p>
        <dialog class="dialog" data-live-ended="" aria-labelledby="live-ended">
            <h2 id="live-ended">{texts.live_ended()}</h2>
            <p>{texts.live_ended_message()}</p>
            <div class="actions">
                <a class="button button-primary" href="/app">{texts.live_ended_on()}</a>
            </div>
        </dialog>
        <dialog class="dialog" data-live-signed-out="" aria-labelledby="live-signed-out">
            <h2 id="live-signed-out">{texts.live_signed_out()}</h2>
            <p>{texts.live_signed_out_message()}</p>
            <div class="actions">
                <a class="button button-primary" href=forms::own_path()>
                    {texts.live_signed_out_on()}
                </a>
            </div>
        </dialog>
        <LiveUpdates/>
    }
    .into_any()
}
