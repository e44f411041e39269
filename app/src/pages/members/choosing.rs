//! Choosing one of the members from a list: of all of them where they are few, else of those who
//! are found by a part of their name.

use leptos::prelude::*;
use store::{Action, Member, Tenant};

use super::called;
use crate::{components::select::Choice, error::AppError, forms::query_value, language::texts};

/// The most members in one list of choices.
const CHOICES: usize = 100;
/// The query parameter with a part of the name or address of who is looked for.
const WHO: &str = "who";

/// Some members to choose from.
#[derive(Debug, Default)]
pub struct ToChoose {
    /// By name.
    pub members: Vec<Member>,
    /// Whether there are others.
    pub others: bool,
    /// What was looked for; empty if nothing was.
    who: String,
}

impl ToChoose {
    /// Those of the members who are looked for in the address of the page that is being rendered,
    /// as many as a list holds: nobody, for who may not see them.
    ///
    /// # Errors
    /// As the store says.
    pub async fn of(tenant: &Tenant) -> Result<Self, AppError> {
        if !tenant.can(Action::MemberRead) {
            return Ok(Self::default());
        }
        let who = query_value(WHO).unwrap_or_default();
        let mut members = tenant.members().find(&who, CHOICES as u64 + 1).await?;
        let others = members.len() > CHOICES;
        members.truncate(CHOICES);
        Ok(Self {
            members,
            others,
            who,
        })
    }

    /// Whether the person may see members at all: every organization has one.
    pub fn are_seen(&self) -> bool {
        !self.members.is_empty() || !self.who.is_empty()
    }

    /// The only one who was found, if one was looked for.
    pub fn only(&self) -> Option<&Member> {
        match self.members.as_slice() {
            [one] if !self.who.trim().is_empty() => Some(one),
            _ => None,
        }
    }

    /// As choices of a list. `chosen`, an id and a name, is among them in any case.
    pub fn choices(&self, chosen: Option<(&str, String)>) -> Vec<Choice> {
        let members = self.members.iter();
        let mut choices: Vec<Choice> = members
            .map(|member| Choice::new(member.user_id.as_str(), called(member)))
            .collect();
        let is_listed = |id: &str| self.members.iter().any(|one| one.user_id.as_str() == id);
        if let Some((id, name)) = chosen.filter(|(id, _)| !is_listed(id)) {
            choices.push(Choice::new(id, name));
        }
        choices
    }

    /// The field that looks for others, in a form that becomes the address; nothing where all are
    /// listed.
    pub fn search_field(&self, id: &'static str) -> Option<AnyView> {
        if !self.others && self.who.is_empty() {
            return None;
        }
        let texts = texts();
        let field = view! {
            <div class="field">
                <label for=id>{texts.members_find()}</label>
                <input
                    class="input"
                    type="search"
                    id=id
                    name=WHO
                    placeholder=texts.members_find_placeholder()
                    value=self.who.clone()
                />
            </div>
        };
        Some(field.into_any())
    }

    /// The same as a form of its own, on the page `page`.
    pub fn search_form(&self, id: &'static str, page: String) -> Option<AnyView> {
        let field = self.search_field(id)?;
        let texts = texts();
        let note = match (self.members.len(), self.others) {
            (0, _) => Some(texts.members_none()),
            (some, true) => Some(texts.members_find_some(some)),
            _ => None,
        };
        let form = view! {
            <form class="task-form" method="get" action=page>
                {field}
                {note.map(|note| view! { <p class="page-note">{note}</p> })}
                <button class="button" type="submit">{texts.members_find_submit()}</button>
            </form>
        };
        Some(form.into_any())
    }
}
