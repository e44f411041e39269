//! What the people in tasks are called.

use std::collections::HashMap;

use clerk::ids::UserId;
use store::Person;

use crate::language::texts;

/// Those who are named on a page. Who is not among them is a member no more.
pub struct People(HashMap<UserId, Person>);

impl People {
    /// As the store answered.
    pub fn new(people: HashMap<UserId, Person>) -> Self {
        Self(people)
    }

    /// By name, else address, else id.
    pub fn name(&self, user: &UserId) -> String {
        let known = self.known(user);
        known.unwrap_or_else(|| texts().tasks_former_member())
    }

    /// The same of a member alone.
    pub fn known(&self, user: &UserId) -> Option<String> {
        let person = self.0.get(user)?;
        if !person.name.is_empty() {
            return Some(person.name.clone());
        }
        let email = person.email.clone();
        Some(email.unwrap_or_else(|| user.to_string()))
    }
}
