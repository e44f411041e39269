use super::*;
use proptest::prelude::*;

/// Roles from the least to the most, and two that compare with neither neighbour.
const ROLES: [(&str, &[&str]); 6] = [
    ("org:looker", &[]),
    ("org:member", &["org:sys_memberships:read"]),
    ("org:hr", &["org:sys_memberships:manage"]),
    ("org:biller", &["org:sys_billing:manage"]),
    (
        "org:deputy",
        &[
            "org:projects:manage",
            "org:sys_memberships:manage",
            "org:sys_memberships:read",
            "org:sys_profile:delete",
            "org:sys_profile:manage",
        ],
    ),
    ("org:admin", &[]),
];

fn grants(role: usize) -> Grants {
    let (key, permissions) = ROLES[role];
    Grants::new(key, Permissions::of(permissions))
}

fn member(name: usize, role: usize) -> Member {
    Member {
        user_id: id(name),
        name: String::new(),
        email: None,
        role: ROLES[role].0.to_owned(),
        grants: grants(role),
    }
}

fn id(name: usize) -> UserId {
    UserId::new(format!("user_{name}"))
}

/// Somebody tries something; who and what are places in lists.
#[derive(Debug, Clone)]
enum Attempt {
    Invite { by: usize, who: usize, role: usize },
    GiveRole { by: usize, who: usize, role: usize },
    Remove { by: usize, who: usize },
    Leave { by: usize },
    Transfer { by: usize, to: usize },
}

const PEOPLE: usize = 6;

fn attempt() -> impl Strategy<Value = Attempt> {
    let (by, who, role) = (0..PEOPLE, 0..PEOPLE, 0..ROLES.len());
    prop_oneof![
        (by.clone(), who.clone(), role.clone()).prop_map(|(by, who, role)| Attempt::Invite {
            by,
            who,
            role
        }),
        (by.clone(), who.clone(), role).prop_map(|(by, who, role)| Attempt::GiveRole {
            by,
            who,
            role
        }),
        (by.clone(), who.clone()).prop_map(|(by, who)| Attempt::Remove { by, who }),
        by.clone().prop_map(|by| Attempt::Leave { by }),
        (by, who).prop_map(|(by, to)| Attempt::Transfer { by, to }),
    ]
}

/// What somebody gets by the attempt, before it: the actor's and the receiver's new grants.
fn granted(attempt: &Attempt) -> Option<(usize, usize)> {
    match *attempt {
        Attempt::Invite { by, role, .. } | Attempt::GiveRole { by, role, .. } => Some((by, role)),
        Attempt::Transfer { by, .. } => Some((by, ROLES.len() - 1)),
        Attempt::Remove { .. } | Attempt::Leave { .. } => None,
    }
}

/// Carries the attempt out if the rules let it; an invitation is accepted at once.
fn carry_out(members: &mut Vec<Member>, attempt: &Attempt) -> Result<(), StoreError> {
    match *attempt {
        Attempt::Invite { by, who, role } => {
            let given = grants(role);
            decide(members, &id(by), MemberChange::Invite { given: &given })?;
            if find(members, &id(who)).is_err() {
                members.push(member(who, role));
            }
        }
        Attempt::GiveRole { by, who, role } => {
            let (user, given) = (id(who), grants(role));
            let change = MemberChange::GiveRole {
                user: &user,
                given: &given,
            };
            decide(members, &id(by), change)?;
            members.retain(|one| one.user_id != user);
            members.push(member(who, role));
        }
        Attempt::Remove { by, who } => {
            let user = id(who);
            decide(members, &id(by), MemberChange::Remove { user: &user })?;
            members.retain(|one| one.user_id != user);
        }
        Attempt::Leave { by } => {
            decide(members, &id(by), MemberChange::Leave)?;
            members.retain(|one| one.user_id != id(by));
        }
        Attempt::Transfer { by, to } => {
            decide(members, &id(by), MemberChange::Transfer { to: &id(to) })?;
            members.retain(|one| ![id(by), id(to)].contains(&one.user_id));
            members.extend([member(to, ROLES.len() - 1), member(by, 1)]);
        }
    }
    Ok(())
}

fn admins(members: &[Member]) -> usize {
    let admins = members.iter();
    admins.filter(|one| one.role == "org:admin").count()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(20_261_122),
        ..ProptestConfig::default()
    })]

    /// Whatever people try: an admin remains, and nobody gave what they did not hold.
    #[test]
    fn an_admin_remains_and_nobody_rises_above_the_giver(
        roles in prop::collection::vec(0..ROLES.len(), 0..PEOPLE - 1),
        attempts in prop::collection::vec(attempt(), 1..60),
    ) {
        let mut members = vec![member(0, ROLES.len() - 1)];
        members.extend(roles.into_iter().enumerate().map(|(n, role)| member(n + 1, role)));
        for attempt in attempts {
            let before = members.clone();
            if carry_out(&mut members, &attempt).is_err() {
                prop_assert_eq!(&before, &members);
                continue;
            }
            prop_assert!(admins(&members) >= 1, "{:?}", attempt);
            if let Some((by, role)) = granted(&attempt) {
                let giver = find(&before, &id(by)).unwrap();
                prop_assert!(giver.grants.cover(&grants(role)), "{:?}", attempt);
            }
            // Nobody lost a place to somebody beneath it.
            for one in &before {
                let after = find(&members, &one.user_id);
                let by = match attempt {
                    Attempt::Remove { by, .. } | Attempt::GiveRole { by, .. } => by,
                    _ => continue,
                };
                if after.map(|after| &after.role).ok() != Some(&one.role) {
                    let giver = find(&before, &id(by)).unwrap();
                    prop_assert!(giver.grants.cover(&one.grants), "{:?}", attempt);
                }
            }
        }
    }
}

#[test]
fn what_is_refused_is_refused_for_the_right_reason() {
    let members = [member(0, 5), member(1, 1), member(2, 2), member(3, 0)];
    let by = |n: usize, change| decide(&members, &id(n), change);
    let (admin, looker) = (grants(5), grants(0));
    let (nobody, last, peer) = (id(9), id(0), id(3));
    let refusal = by(1, MemberChange::Invite { given: &looker });
    assert!(matches!(refusal, Err(StoreError::Forbidden { .. })));
    let refusal = by(2, MemberChange::Invite { given: &admin });
    assert!(matches!(refusal, Err(StoreError::AboveOneself)));
    let refusal = by(2, MemberChange::Remove { user: &last });
    assert!(matches!(refusal, Err(StoreError::AboveOneself)));
    let refusal = by(0, MemberChange::Leave);
    assert!(matches!(refusal, Err(StoreError::LastAdmin)));
    let demotion = MemberChange::GiveRole {
        user: &last,
        given: &looker,
    };
    assert!(matches!(by(0, demotion), Err(StoreError::LastAdmin)));
    for stranger in [
        by(0, MemberChange::Remove { user: &nobody }),
        by(9, MemberChange::Leave),
        by(0, MemberChange::Transfer { to: &nobody }),
        by(0, MemberChange::Transfer { to: &last }),
    ] {
        assert!(matches!(stranger, Err(StoreError::NotFound)));
    }
    assert!(by(2, MemberChange::Remove { user: &peer }).is_ok());
    assert!(by(2, MemberChange::Invite { given: &looker }).is_ok());
    assert!(by(3, MemberChange::Leave).is_ok());
    assert!(by(0, MemberChange::Transfer { to: &peer }).is_ok());
}
