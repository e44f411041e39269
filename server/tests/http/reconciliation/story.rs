//! Random things that happen at Clerk, and their webhooks.

use clerk::{
    api::{Change, CreateOrganization, CreateUser, UpdateOrganization, UpdateUser},
    clock::Clock as _,
    ids::{OrganizationId, UserId},
};
use fastrand::Rng;

use crate::support::{TestServer, deliveries::delivery, elsewhere::RemoteServer};

/// A story that the same seed always tells alike.
pub struct Story {
    random: Rng,
    users: Vec<UserId>,
    organizations: Vec<OrganizationId>,
    made: u32,
}

impl Story {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Rng::with_seed(seed),
            users: Vec::new(),
            organizations: Vec::new(),
            made: 0,
        }
    }

    /// So many things happen, a second apart.
    pub async fn happen(&mut self, clerk: &TestServer, count: usize) {
        for number in 0..count {
            clerk.clock.advance(1_000);
            match (number, self.random.u8(0..20)) {
                (0..=3, _) | (_, 0..=2) => self.user_comes(clerk).await,
                (4..=5, _) | (_, 3..=4) => self.organization_comes(clerk).await,
                (_, 5..=9) => self.somebody_joins(clerk).await,
                (_, 10..=11) => self.role_changes(clerk).await,
                (_, 12..=13) => self.user_is_renamed(clerk).await,
                (_, 14..=15) => self.organization_is_renamed(clerk).await,
                (_, 16..=17) => self.somebody_leaves(clerk).await,
                (_, 18) => self.user_goes(clerk).await,
                _ => self.organization_goes(clerk).await,
            }
        }
    }

    /// Delivers every event to `all` and some to `some`, of which so many percent are lost. Tells
    /// how many `some` got and how many it lost.
    pub async fn tell(
        &mut self,
        clerk: &TestServer,
        all: &RemoteServer,
        some: &RemoteServer,
        lost_percent: u8,
    ) -> (usize, usize) {
        let events = clerk.local.state().recent_deliveries(10_000).await.unwrap();
        let (mut told, mut lost) = (0, 0);
        for event in events.iter().rev() {
            let to_some = self.random.u8(0..100) >= lost_percent;
            let hearers = [Some(all), to_some.then_some(some)];
            for server in hearers.into_iter().flatten() {
                let (secret, now_ms) = (&clerk.webhook_secret, clerk.clock.now_ms());
                let message = (event.id.as_str(), event.payload.as_str());
                let request = delivery(server, secret, now_ms, message, None);
                let answer = request.send().await.unwrap();
                assert!(answer.status().is_success(), "{}", event.event_type);
            }
            match to_some {
                true => told += 1,
                false => lost += 1,
            }
        }
        (told, lost)
    }

    fn some_user(&mut self) -> UserId {
        self.random.choice(&self.users).unwrap().clone()
    }

    fn some_organization(&mut self) -> OrganizationId {
        self.random.choice(&self.organizations).unwrap().clone()
    }

    fn name(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}-{}", self.made)
    }

    async fn user_comes(&mut self, clerk: &TestServer) {
        let name = self.name("user");
        let user = CreateUser {
            email_addresses: vec![format!("{name}@story.test")],
            first_name: Some(name),
            skip_password_requirement: true,
            ..CreateUser::default()
        };
        let user = clerk.state.clerk.users().create(user).await.unwrap();
        self.users.push(user.id);
    }

    async fn organization_comes(&mut self, clerk: &TestServer) {
        let organization = CreateOrganization {
            name: self.name("organization"),
            created_by: Some(self.some_user()),
            ..CreateOrganization::default()
        };
        let organizations = clerk.state.clerk.organizations();
        // Not if its creator is gone.
        if let Ok(organization) = organizations.create(organization).await {
            self.organizations.push(organization.id);
        }
    }

    // What Clerk refuses, such as whoever is gone, did not happen.

    async fn somebody_joins(&mut self, clerk: &TestServer) {
        let (of, who) = (self.some_organization(), self.some_user());
        let organizations = clerk.state.clerk.organizations();
        let _ = organizations
            .create_membership(&of, &who, "org:member")
            .await;
    }

    async fn role_changes(&mut self, clerk: &TestServer) {
        let role = ["org:admin", "org:member"][self.random.usize(0..2)];
        let (of, who) = (self.some_organization(), self.some_user());
        let organizations = clerk.state.clerk.organizations();
        let _ = organizations.update_membership(&of, &who, role).await;
    }

    async fn somebody_leaves(&mut self, clerk: &TestServer) {
        let (of, who) = (self.some_organization(), self.some_user());
        let organizations = clerk.state.clerk.organizations();
        let _ = organizations.delete_membership(&of, &who).await;
    }

    async fn user_is_renamed(&mut self, clerk: &TestServer) {
        let changes = UpdateUser {
            first_name: Change::Set(self.name("renamed")),
            ..UpdateUser::default()
        };
        let who = self.some_user();
        let _ = clerk.state.clerk.users().update(&who, &changes).await;
    }

    async fn organization_is_renamed(&mut self, clerk: &TestServer) {
        let changes = UpdateOrganization {
            name: Some(self.name("renamed")),
            ..UpdateOrganization::default()
        };
        let which = self.some_organization();
        let organizations = clerk.state.clerk.organizations();
        let _ = organizations.update(&which, &changes).await;
    }

    async fn user_goes(&mut self, clerk: &TestServer) {
        let who = self.some_user();
        let _ = clerk.state.clerk.users().delete(&who).await;
    }

    async fn organization_goes(&mut self, clerk: &TestServer) {
        let which = self.some_organization();
        let _ = clerk.state.clerk.organizations().delete(&which).await;
    }
}
