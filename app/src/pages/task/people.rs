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
        let Some(person) = self.0.get(user) else {
            return texts().tasks_former_member();
        };
        if !person.name.is_empty() {
            return person.name.clone();
        }
        let email = person.email.clone();
        email.unwrap_or_else(|| user.to_string())
    }
}
