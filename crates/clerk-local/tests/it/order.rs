//! What comes into being in one millisecond is listed in the order in which it did.

use clerk_local::state::{
    InvitationQuery, MembershipQuery, NewInvitation, OrganizationQuery, OrganizationTarget,
    SessionQuery, UserQuery,
};

use crate::browser::World;

const MANY: usize = 12;

fn reversed(ids: &[String]) -> Vec<String> {
    ids.iter().rev().cloned().collect()
}

fn ids<T>(rows: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
    rows.iter().map(|row| id(row).clone()).collect()
}

#[tokio::test]
async fn people_and_a_place_after_one_of_them() {
    let world = World::new().await;
    let state = world.clerk.state();
    let mut made = Vec::new();
    for number in 0..MANY {
        made.push(world.person(&format!("p{number}@example.com")).await);
    }
    let query = UserQuery {
        limit: 50,
        ..UserQuery::default()
    };
    let (users, _) = state.users(&query).await.unwrap();
    assert_eq!(ids(&users, |user| &user.id), reversed(&made));
    let query = UserQuery {
        order_by: Some("+created_at".to_owned()),
        starting_after: Some(made[4].clone()),
        ..query
    };
    let (users, _) = state.users(&query).await.unwrap();
    assert_eq!(ids(&users, |user| &user.id), made[5..]);
}

#[tokio::test]
async fn organizations_members_and_invitations() {
    let world = World::new().await;
    let state = world.clerk.state();
    let boss = world.person("boss@example.com").await;
    let mut made = Vec::new();
    for number in 0..MANY {
        let name = format!("Acme {number}");
        let organization = state.create_organization(&name, None, &boss).await.unwrap();
        made.push(organization.id.clone());
    }
    let query = OrganizationQuery {
        limit: 50,
        ..OrganizationQuery::default()
    };
    let (listed, _) = state.organizations(&query).await.unwrap();
    assert_eq!(ids(&listed, |one| &one.id), reversed(&made));
    let own = state.memberships_of_user(&boss).await.unwrap();
    assert_eq!(ids(&own, |one| &one.organization.id), made);

    let acme = made[0].clone();
    let (mut members, mut invitations) = (vec![boss], Vec::new());
    for number in 0..4 {
        let person = world.person(&format!("p{number}@example.com")).await;
        state
            .add_member(&acme, &person, "org:member")
            .await
            .unwrap();
        members.push(person);
        let new = NewInvitation {
            email_address: format!("i{number}@example.com"),
            organization: Some(OrganizationTarget {
                organization_id: made[1].clone(),
                role: "org:member".to_owned(),
                inviter_id: None,
            }),
            ..NewInvitation::default()
        };
        invitations.push(state.create_invitation(new).await.unwrap().id.clone());
    }
    let query = MembershipQuery {
        organization_id: Some(acme),
        limit: 50,
        ..MembershipQuery::default()
    };
    let (listed, _) = state.memberships(&query).await.unwrap();
    assert_eq!(ids(&listed, |one| &one.user.id), members);
    let query = InvitationQuery {
        into_organizations: true,
        limit: 50,
        ..InvitationQuery::default()
    };
    let (listed, _) = state.invitations(&query).await.unwrap();
    assert_eq!(ids(&listed, |one| &one.id), reversed(&invitations));
}

#[tokio::test]
async fn sessions_browsers_and_addresses() {
    let world = World::new().await;
    let state = world.clerk.state();
    let ann = world.person("ann@example.com").await;
    let user = state.user(&ann).await.unwrap().unwrap();
    let (mut clients, mut sessions) = (Vec::new(), Vec::new());
    for _ in 0..MANY {
        let client = state.create_client().await.unwrap();
        sessions.push(state.create_session(&client, &user).await.unwrap().id);
        clients.push(client.id);
    }
    let query = SessionQuery {
        limit: 50,
        ..SessionQuery::default()
    };
    let (listed, _) = state.sessions(&query).await.unwrap();
    assert_eq!(ids(&listed, |one| &one.id), reversed(&sessions));
    let own = state.sessions_of_user(&ann).await.unwrap();
    assert_eq!(ids(&own, |one| &one.id), reversed(&sessions));
    let (listed, _) = state.clients(50, 0).await.unwrap();
    assert_eq!(ids(&listed, |one| &one.id), reversed(&clients));
    for number in 0..8 {
        let address = format!("ann{number}@example.com");
        state.add_email_address(&ann, &address).await.unwrap();
    }
    let user = state.user(&ann).await.unwrap().unwrap();
    let listed = user.email_addresses.iter().skip(1);
    for (number, address) in listed.enumerate() {
        assert_eq!(address.email_address, format!("ann{number}@example.com"));
    }
}
