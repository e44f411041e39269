//! First factors `email_code` and `reset_password_email_code`: a code mailed to one of the person's
//! addresses.

use crate::{
    error::{LocalError, Result},
    flows::code,
    state::{EmailAddress, SignIn, State, User, Verification},
};

/// Sends a one-time code to one of the person's addresses, or to the one they named.
///
/// # Errors
/// `form_resource_not_found` for an address of somebody else; those of [`code::send`].
pub async fn send(
    state: &State,
    strategy: &str,
    sign_in: &mut SignIn,
    user: &User,
    email_address_id: Option<&str>,
) -> Result<Verification> {
    let address = address_of(user, sign_in, email_address_id)?;
    let (address, id) = (&address.email_address, address.id.clone());
    let sent = &mut sign_in.detail.codes_sent;
    code::send_for(state, strategy, address, Some(id), sent).await
}

/// The address a mail goes to: the chosen one, else the one typed at the start.
///
/// # Errors
/// `form_resource_not_found` for an address of somebody else.
pub fn address_of<'a>(
    user: &'a User,
    sign_in: &SignIn,
    chosen: Option<&str>,
) -> Result<&'a EmailAddress> {
    let typed = sign_in.detail.identifier.as_deref().unwrap_or_default();
    let found = user.own_addresses().find(|address| match chosen {
        Some(id) => address.id == id,
        None => address.email_address.eq_ignore_ascii_case(typed),
    });
    found.ok_or_else(|| {
        LocalError::form(
            422,
            "form_resource_not_found",
            "This email address was not found.",
            "email_address_id",
        )
    })
}
