//! Who is mentioned in a comment: members whose names stand behind an `@`.

use clerk::ids::UserId;
use store::{Action, MENTIONS_LIMIT, Member, StoreError};

use crate::{context::tenant, error::AppError, markdown, pages::members::called};

/// Those whom a comment in the organization `org` can mean: who is named in `body` behind an `@`,
/// and `chosen`, a member's id. Nobody is read where nothing asks for somebody, or for who may not
/// see the members.
///
/// # Errors
/// As [`tenant`].
pub async fn candidates(org: &str, body: &str, chosen: &str) -> Result<Vec<Member>, AppError> {
    if chosen.is_empty() && !body.contains('@') {
        return Ok(Vec::new());
    }
    let tenant = tenant(org).await?;
    if !tenant.can(Action::MemberRead) {
        return Ok(Vec::new());
    }
    let mut members = tenant.members().named_in(body).await?;
    if !chosen.is_empty() && !members.iter().any(|one| one.user_id.as_str() == chosen) {
        match tenant.members().get(&UserId::new(chosen)).await {
            Ok(member) => members.push(member),
            // That nobody was found is said where they are looked for.
            Err(StoreError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(members)
}

/// A comment, and whom it mentions.
#[derive(Debug, PartialEq, Eq)]
pub struct Mentions {
    /// The text, with the name of who was chosen from the list.
    pub body: String,
    /// Each once, at most [`MENTIONS_LIMIT`].
    pub users: Vec<UserId>,
}

impl Mentions {
    /// Finds them in `body`, and adds `chosen`, a member's id, unless that is empty. Of several
    /// members with one name all are meant, unless one of them was chosen.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when who was chosen is no member.
    pub fn find(members: &[Member], body: &str, chosen: &str) -> Result<Self, AppError> {
        let mut body = body.to_owned();
        let mut users = Vec::new();
        let mut chosen_name = None;
        if !chosen.is_empty() {
            let member = members.iter().find(|one| one.user_id.as_str() == chosen);
            let member = member.ok_or(AppError::NotFound)?;
            let name = called(member);
            users.push(member.user_id.clone());
            if !names_in(&body, &[&name]).contains(&name.as_str()) {
                body = format!("@{name} {body}");
            }
            chosen_name = Some(name);
        }
        let names: Vec<String> = members.iter().map(called).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = names_in(&body, &names);
        for (member, name) in members.iter().zip(&names) {
            let meant = found.contains(name) && chosen_name.as_deref() != Some(*name);
            if meant && !users.contains(&member.user_id) {
                users.push(member.user_id.clone());
            }
        }
        users.truncate(MENTIONS_LIMIT);
        Ok(Self { body, users })
    }
}

/// Those of `names` that stand behind an `@` in `body`.
fn names_in<'n>(body: &str, names: &[&'n str]) -> Vec<&'n str> {
    body.match_indices('@')
        .filter_map(|(at, _)| markdown::mentioned(&body[at + 1..], names))
        .collect()
}

#[cfg(test)]
mod tests {
    use store::{Grants, Permissions};

    use super::*;

    fn member(id: &str, name: &str) -> Member {
        Member {
            user_id: UserId::new(id),
            name: name.to_owned(),
            email: Some(format!("{id}@acme.test")),
            role: "org:member".to_owned(),
            grants: Grants::new("org:member", Permissions::default()),
        }
    }

    fn found(body: &str, chosen: &str) -> (String, Vec<String>) {
        let members = [
            member("ada", "Ada"),
            member("lovelace", "Ada Lovelace"),
            member("max1", "Max"),
            member("max2", "Max"),
            member("nameless", ""),
        ];
        let found = Mentions::find(&members, body, chosen).unwrap();
        let users = found.users.iter().map(ToString::to_string).collect();
        (found.body, users)
    }

    #[test]
    fn names_behind_an_at_sign_are_found_once() {
        assert_eq!(found("@Ada Lovelace, @Ada Lovelace!", "").1, ["lovelace"]);
        assert_eq!(
            found("@Ada, ask @nameless@acme.test", "").1,
            ["ada", "nameless"]
        );
        assert_eq!(found("Ada, @Adam and @", "").1, Vec::<String>::new());
        assert_eq!(found("@Max", "").1, ["max1", "max2"]);
    }

    #[test]
    fn who_is_chosen_is_written_into_the_text() {
        let (body, users) = found("Look", "max2");
        assert_eq!(
            (body.as_str(), users),
            ("@Max Look", vec!["max2".to_owned()])
        );
        assert_eq!(found("Look, @Max", "max2").0, "Look, @Max");
        let nobody = Mentions::find(&[], "Look", "max2");
        assert_eq!(nobody, Err(AppError::NotFound));
    }
}
