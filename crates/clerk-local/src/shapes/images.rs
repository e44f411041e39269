//! Addresses of pictures: the uploaded one, else one drawn from initials.

use url::Url;

use crate::{
    LocalOptions,
    state::{Organization, User},
};

/// The address of a person's picture.
pub fn of_user(user: &User, options: &LocalOptions) -> String {
    if let Some(id) = &user.image_id {
        return uploaded(options, id);
    }
    let names = [user.first_name.as_deref(), user.last_name.as_deref()];
    let mut letters: String = names.into_iter().flatten().filter_map(first).collect();
    if letters.is_empty() {
        letters = initials(user.identifier());
    }
    address(options, &user.id, &letters)
}

/// The address of an organization's logo.
pub fn of_organization(organization: &Organization, options: &LocalOptions) -> String {
    if let Some(id) = &organization.image_id {
        return uploaded(options, id);
    }
    address(options, &organization.id, &initials(&organization.name))
}

/// The address of an uploaded picture.
pub(super) fn uploaded(options: &LocalOptions, id: &str) -> String {
    options.instance_url(&format!("/v1/images/{id}"))
}

/// The first letters of the first two words.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(first).take(2).collect()
}

fn first(word: &str) -> Option<char> {
    word.chars()
        .find(|c| c.is_alphanumeric())
        .and_then(|c| c.to_uppercase().next())
}

fn address(options: &LocalOptions, id: &str, letters: &str) -> String {
    let Ok(mut url) = Url::parse(&options.instance_url("/v1/avatars")) else {
        return String::new();
    };
    if let Ok(mut path) = url.path_segments_mut() {
        path.push(id).push(&format!("{letters}.svg"));
    }
    url.into()
}
