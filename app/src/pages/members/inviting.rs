//! Inviting many at once: who can be is, and of the others is told why not.

use clerk::{
    api::{ApiError, CreateOrganizationInvitation, OrganizationInvitation},
    ids::OrganizationId,
};
use store::{Action, MemberChange, Told, Turn};

use super::{
    addresses,
    changes::{in_turn, invitation_of, problem_of},
    roles::given_by,
};
use crate::{
    context::{RequestContext, request_context},
    error::{AppError, Problem},
};

/// How many Clerk invites by one call (Clerk: bulk create organization invitations).
const AT_ONCE: usize = 10;

/// What became of a list of addresses.
#[derive(Debug, Default)]
pub struct Invited {
    /// Who was not invited, and why.
    pub refused: Vec<(String, Problem)>,
}

impl Invited {
    /// The addresses of those who were not invited, one a line.
    pub fn not_invited(&self) -> String {
        let addresses: Vec<&str> = self.refused.iter().map(|(it, _)| it.as_str()).collect();
        addresses.join("\n")
    }

    /// Why not, a letter for each.
    pub fn reasons(&self) -> String {
        self.refused.iter().map(|(_, why)| letter(*why)).collect()
    }
}

/// The reasons that a list of addresses comes back with, and their letters in a URL.
const REASONS: [(char, Problem); 5] = [
    ('i', Problem::Invited),
    ('m', Problem::Member),
    ('q', Problem::NoPlaceLeft),
    ('l', Problem::TooLong { max: 254 }),
    ('f', Problem::Malformed),
];

fn letter(problem: Problem) -> char {
    let known = REASONS.iter().find(|(_, known)| *known == problem);
    known.map_or('f', |(letter, _)| *letter)
}

/// The addresses of a form that came back, each with its reason, as [`Invited::not_invited`] and
/// [`Invited::reasons`] wrote them.
pub fn read_back(not_invited: &str, reasons: &str) -> Vec<(String, Problem)> {
    let problems = reasons.chars().filter_map(|letter| {
        let known = REASONS.iter().find(|(known, _)| *known == letter);
        known.map(|(_, problem)| *problem)
    });
    not_invited
        .lines()
        .map(str::to_owned)
        .zip(problems)
        .collect()
}

/// Invites these addresses, each once, to a role of the organization `slug`.
///
/// # Errors
/// As [`super::changes::carry_out`], for what concerns all of them; then those that stood before
/// may be invited.
pub async fn invite_all(slug: &str, all: &[&str], role: &str) -> Result<Invited, AppError> {
    let mut outcome = Invited::default();
    let mut good: Vec<String> = Vec::new();
    for address in all {
        match addresses::problem_of(address) {
            Some(problem) => outcome.refused.push(((*address).to_owned(), problem)),
            None => good.push((*address).to_owned()),
        }
    }
    let context = request_context()?;
    if good.is_empty() {
        context.may(slug, Action::MemberInvite).await?;
    }
    // A turn for each call, so that nobody waits for a long list.
    for some in good.chunks(AT_ONCE) {
        let (some, role) = (some.to_vec(), role.to_owned());
        let work = |context: RequestContext, turn| async move {
            invite_some(&context, turn, &some, &role).await
        };
        let refused = in_turn(context.clone(), slug, Action::MemberInvite, work);
        outcome.refused.extend(refused.await?);
    }
    Ok(outcome)
}

/// Who was not invited, and why.
async fn invite_some(
    context: &RequestContext,
    turn: Turn,
    addresses: &[String],
    role: &str,
) -> Result<Vec<(String, Problem)>, AppError> {
    let given = given_by(&context.clerk, role).await?;
    turn.decide(MemberChange::Invite { given: &given })?;
    let (id, me) = (turn.organization().id.clone(), turn.user_id().clone());
    let wanted: Vec<_> = addresses
        .iter()
        .map(|address| invitation_of(&context.config, &turn, address, role))
        .collect();
    let (invited, refused, failed) = ask(context, &id, &wanted).await;
    let told: Vec<Told<'_>> = invited.iter().map(Told::Invited).collect();
    turn.finish(&told).await?;
    tracing::info!(organization.id = %id, user.id = %me, invited = invited.len(), "people invited");
    failed.map_or(Ok(refused), Err)
}

/// All by one call; if Clerk refuses one of them it refuses all, and is asked for each. Whatever
/// else it answers ends the asking, and what it did until then counts.
async fn ask(
    context: &RequestContext,
    id: &OrganizationId,
    wanted: &[CreateOrganizationInvitation],
) -> (
    Vec<OrganizationInvitation>,
    Vec<(String, Problem)>,
    Option<AppError>,
) {
    let organizations = context.clerk.organizations();
    if wanted.len() > 1 {
        match organizations.create_invitations_bulk(id, wanted).await {
            Ok(invited) => return (invited, Vec::new(), None),
            Err(error) if said(&error).is_none() => {
                return (Vec::new(), Vec::new(), Some(error.into()));
            }
            Err(_) => {}
        }
    }
    let (mut invited, mut refused) = (Vec::new(), Vec::new());
    for one in wanted {
        match organizations.create_invitation(id, one).await {
            Ok(answer) => invited.push(answer),
            Err(error) => match said(&error) {
                Some(problem) => refused.push((one.email_address.clone(), problem)),
                None => return (invited, refused, Some(error.into())),
            },
        }
    }
    (invited, refused, None)
}

fn said(error: &ApiError) -> Option<Problem> {
    error.code().and_then(problem_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_survive_the_way_to_the_page_and_back() {
        let refused: Vec<_> = REASONS
            .iter()
            .map(|(letter, problem)| (format!("{letter}@acme.test"), *problem))
            .collect();
        let outcome = Invited {
            refused: refused.clone(),
        };
        let back = read_back(&outcome.not_invited(), &outcome.reasons());
        assert_eq!(back, refused);
        // A URL can put none of its own words on the page.
        assert_eq!(read_back("ada@acme.test", "?"), []);
    }
}
