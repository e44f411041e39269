use clerk::ids::UserId;

/// Somebody who is named in a task, as the local rows have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub user_id: UserId,
    /// Given and family name, as far as known; may be empty.
    pub name: String,
    /// The main email address, if known.
    pub email: Option<String>,
    /// Their picture, if known.
    pub image_url: Option<String>,
}
