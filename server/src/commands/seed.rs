//! `tenantry seed`: two organizations, four people, their projects and tasks, to start with.
//!
//! Works as an operator would, from outside: the server runs on a free port, people and
//! organizations are made through the backend API, projects by signed-in sessions through the
//! store. Running it again changes nothing.

mod history;
mod tasks;

use std::sync::Arc;

use clerk::{
    api::{ApiClient, CreateOrganization, CreateUser, ListUsers},
    clock::{Clock as _, ManualClock, SystemClock},
    ids::{OrganizationId, UserId},
    session::Session,
    verify::TokenVerifier,
};
use clerk_local::LocalClerk;
use store::{Action, NewProject, Origin, ProjectName, Store};

use super::{migrate, serve};
use crate::{
    config::{ClerkConfig, Config},
    site::Site,
    start::{self, Server, StartError},
};

/// A person to make.
struct Person {
    first_name: &'static str,
    last_name: &'static str,
    email: &'static str,
    /// Slug and role of each organization the person belongs to.
    memberships: &'static [(&'static str, &'static str)],
}

const PASSWORD: &str = "tenantry-demo-1";
const ORGANIZATIONS: [(&str, &str); 2] = [("Acme", "acme"), ("Globex", "globex")];
const PROJECTS: usize = 120;
/// The youngest have tasks.
const WITH_TASKS: usize = 12;
const HOUR_MS: i64 = 3_600_000;

/// The first is admin of both organizations and makes them.
const PEOPLE: [Person; 4] = [
    Person {
        first_name: "Ada",
        last_name: "Okafor",
        email: "ada@acme.test",
        memberships: &[("acme", "org:admin"), ("globex", "org:admin")],
    },
    Person {
        first_name: "Ben",
        last_name: "Larsen",
        email: "ben@acme.test",
        memberships: &[("acme", "org:member")],
    },
    Person {
        first_name: "Cleo",
        last_name: "Marchetti",
        email: "cleo@globex.test",
        memberships: &[("globex", "org:member")],
    },
    Person {
        first_name: "Dora",
        last_name: "Nakamura",
        email: "dora@example.test",
        memberships: &[],
    },
];

/// Seeds the local instance and the database, then prints who can sign in.
///
/// # Errors
/// When keys of a real Clerk are set (nothing is ever made there), or a step fails.
pub async fn run(config: Config) -> Result<(), StartError> {
    if matches!(config.clerk, ClerkConfig::Remote(_)) {
        return Err(StartError::Seed(
            "Clerk keys are set; seeding works with the local instance only".to_owned(),
        ));
    }
    migrate::run_if_embedded(&config).await?;
    let listener = serve::listen_beside().await?;
    let addr = serve::address_of(&listener)?;
    // Seeding shows no page, so it does not need the browser's files.
    let server = start::build(
        &config,
        addr,
        &Site::without_files(),
        SystemClock::shared(),
        false,
    )
    .await?;
    let seeder = Seeder::new(&config, &server).await?;
    serve::while_serving(listener, server, seeder.seed()).await??;
    print_people();
    Ok(())
}

struct Seeder {
    local: LocalClerk,
    clerk: ApiClient,
    store: Store,
    verifier: TokenVerifier,
    clock: Arc<ManualClock>,
    /// When seeding began (unix milliseconds): what all times are reckoned from.
    now: i64,
}

impl Seeder {
    async fn new(config: &Config, server: &Server) -> Result<Self, StartError> {
        let now = SystemClock.now_ms();
        let clock = Arc::new(ManualClock::at(now));
        let store = start::open_store(config, clock.clone()).await?;
        let local = server.clerk.local.clone().ok_or(StartError::NoLocalClerk)?;
        Ok(Self {
            local,
            clerk: server.state.clerk.clone(),
            store,
            verifier: server.state.authenticator.verifier().clone(),
            clock,
            now,
        })
    }

    async fn seed(&self) -> Result<(), StartError> {
        let mut people = Vec::new();
        for person in &PEOPLE {
            people.push(self.person(person).await?);
        }
        let Some(admin) = people.first() else {
            return Ok(());
        };
        for (index, (name, slug)) in ORGANIZATIONS.into_iter().enumerate() {
            let Some(organization) = self.organization(name, slug, admin).await? else {
                continue;
            };
            for (person, id) in PEOPLE.iter().zip(&people).skip(1) {
                for (_, role) in person.memberships.iter().filter(|(s, _)| *s == slug) {
                    self.clerk
                        .organizations()
                        .create_membership(&organization, id, role)
                        .await
                        .map_err(failed)?;
                }
            }
            // The last project is made now; what was before the first takes whole weeks.
            let projects_take: i64 = (0..PROJECTS).map(pause_before).sum();
            self.clock
                .set(self.now - projects_take - history::WEEKS * history::WEEK_MS);
            for id in &people {
                self.sync(id).await?;
            }
            let members = PEOPLE.iter().zip(&people).filter(|(person, _)| {
                let mut memberships = person.memberships.iter();
                memberships.any(|(of, _)| *of == slug)
            });
            let mut sessions = Vec::new();
            for (_, id) in members {
                sessions.push(self.session(id, &organization).await?);
            }
            history::play(&self.store, &self.clock, &sessions, slug).await?;
            self.projects(&sessions, slug, index).await?;
        }
        Ok(())
    }

    /// The person's id, made if there is none with this email address.
    async fn person(&self, person: &Person) -> Result<UserId, StartError> {
        let found = self
            .clerk
            .users()
            .list(&ListUsers {
                email_addresses: vec![person.email.to_owned()],
                ..ListUsers::default()
            })
            .await
            .map_err(failed)?;
        if let Some(user) = found.into_iter().next() {
            return Ok(user.id);
        }
        let user = self
            .clerk
            .users()
            .create(CreateUser {
                email_addresses: vec![person.email.to_owned()],
                first_name: Some(person.first_name.to_owned()),
                last_name: Some(person.last_name.to_owned()),
                password: Some(PASSWORD.into()),
                ..CreateUser::default()
            })
            .await
            .map_err(failed)?;
        Ok(user.id)
    }

    /// The new organization's id; `None` when its slug is taken, so it was seeded before.
    async fn organization(
        &self,
        name: &str,
        slug: &str,
        admin: &UserId,
    ) -> Result<Option<OrganizationId>, StartError> {
        let request = CreateOrganization {
            name: name.to_owned(),
            slug: Some(slug.to_owned()),
            created_by: Some(admin.clone()),
            ..CreateOrganization::default()
        };
        match self.clerk.organizations().create(request).await {
            Ok(organization) => Ok(Some(organization.id)),
            Err(error) if error.code() == Some("form_identifier_exists") => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// What a request would do whose webhook has not arrived yet.
    async fn sync(&self, id: &UserId) -> Result<(), StartError> {
        let read_at = SystemClock.now_ms();
        let users = self.clerk.users();
        let user = users.get(id).await.map_err(failed)?;
        let memberships = users.organization_memberships(id).await.map_err(failed)?;
        self.store
            .identity()
            .sync_user(&user, &memberships.data, read_at)
            .await?;
        Ok(())
    }

    /// The first of `people` makes the projects.
    async fn projects(
        &self,
        people: &[Session],
        slug: &str,
        offset: usize,
    ) -> Result<(), StartError> {
        let Some(admin) = people.first() else {
            return Ok(());
        };
        let labels = tasks::labels(&self.store, admin, slug).await?;
        for index in 0..PROJECTS {
            self.clock.advance(pause_before(index));
            let name = ProjectName::parse(&project_name(index, offset)).map_err(failed)?;
            let tenant = self
                .store
                .enter_for(admin, slug, Action::ProjectCreate, Origin::default())
                .await?;
            let new = NewProject {
                name,
                request_id: None,
            };
            let project = tenant.projects().create(new).await?;
            tenant.commit().await?;
            if has_tasks(index) {
                let project = (project.id, index + offset);
                tasks::tasks(&self.store, self.now, people, slug, project, &labels).await?;
            }
        }
        Ok(())
    }

    /// A session of a member of the organization, verified like any other.
    async fn session(
        &self,
        user: &UserId,
        organization: &OrganizationId,
    ) -> Result<Session, StartError> {
        let signed_in = self
            .local
            .sign_in(user, Some(organization))
            .await
            .map_err(failed)?;
        self.verifier.verify(&signed_in.token).await.map_err(failed)
    }
}

/// How long after the one before a project is made (milliseconds): those with tasks leave time to
/// work on them, so that every day has something.
fn pause_before(project: usize) -> i64 {
    let hours = if has_tasks(project) { 20 } else { 1 };
    hours * HOUR_MS
}

fn has_tasks(project: usize) -> bool {
    project + WITH_TASKS >= PROJECTS
}

/// 120 different names from two short lists; the offset keeps the organizations apart.
fn project_name(index: usize, offset: usize) -> String {
    const WHAT: [&str; 12] = [
        "Billing",
        "Onboarding",
        "Search",
        "Reporting",
        "Mobile app",
        "Public API",
        "Notifications",
        "Data export",
        "Permissions",
        "Audit trail",
        "Integrations",
        "Dashboard",
    ];
    const HOW: [&str; 10] = [
        "redesign",
        "migration",
        "performance",
        "rollout",
        "research",
        "cleanup",
        "beta",
        "accessibility",
        "localization",
        "launch",
    ];
    let what = WHAT[(index + offset * 5) % WHAT.len()];
    let how = HOW[(index / WHAT.len() + index + offset) % HOW.len()];
    format!("{what} {how}")
}

fn print_people() {
    println!("People to sign in with (password for all: {PASSWORD}):");
    for person in &PEOPLE {
        let name = format!("{} {}", person.first_name, person.last_name);
        let memberships: Vec<String> = person
            .memberships
            .iter()
            .map(|(slug, role)| format!("{} of {slug}", role.trim_start_matches("org:")))
            .collect();
        let memberships = match memberships.is_empty() {
            true => "no organization yet".to_owned(),
            false => memberships.join(", "),
        };
        println!("  {:<20} {name:<16} {memberships}", person.email);
    }
}

fn failed(error: impl std::fmt::Display) -> StartError {
    StartError::Seed(error.to_string())
}
