//! Just-in-time identity: a session may arrive before the webhooks that announce its person or
//! its organization. Then Clerk's backend API is read once and the store catches up.

mod reads;

use clerk::session::Session;
use store::{MyOrganization, StoreError};

use crate::{context::RequestContext, error::AppError};

pub use reads::IdentityReads;

/// [`read`], unless the person was read within the last seconds: that outcome then stands, so
/// that a token alone can't make us call Clerk again and again.
///
/// # Errors
/// As [`read`].
pub async fn catch_up(context: &RequestContext, session: &Session) -> Result<(), AppError> {
    let reads = &context.identity_reads;
    reads.once(session.user_id(), read(context, session)).await
}

/// Reads the person and their memberships from Clerk and brings the local copy up to date.
/// For after a change at Clerk; whoever only suspects one calls [`catch_up`].
///
/// # Errors
/// [`AppError::ClerkUnavailable`] when Clerk does not answer; [`AppError::SignedOut`] when Clerk
/// no longer knows the person.
pub async fn read(context: &RequestContext, session: &Session) -> Result<(), AppError> {
    let user_id = session.user_id();
    // Taken before reading: whatever changes during the read is newer than what we store.
    let as_of_ms = context.clock.now_ms();
    let user = match context.clerk.users().get(user_id).await {
        Ok(user) => user,
        Err(error) if error.is_not_found() => return Err(AppError::SignedOut),
        Err(error) => return Err(error.into()),
    };
    let memberships = context
        .clerk
        .users()
        .organization_memberships(user_id)
        .await?;
    tracing::info!(user.id = %user_id, memberships = memberships.data.len(), "identity read from Clerk");
    Ok(context
        .store
        .identity()
        .sync_user(&user, &memberships.data, as_of_ms)
        .await?)
}

/// Whether `error` may only mean that the local copy is behind: the person is unknown here, or
/// their token says they are in the very organization that was not found.
///
/// A slug that the token does not vouch for never causes a read, so guessing slugs costs Clerk
/// nothing.
pub async fn may_be_behind(
    context: &RequestContext,
    session: &Session,
    slug: &str,
    error: &StoreError,
) -> Result<bool, AppError> {
    if !matches!(error, StoreError::NotFound) {
        return Ok(false);
    }
    let vouched = session.organization().is_some_and(|active| {
        // An organization without a slug goes by its id.
        active.slug.as_deref().unwrap_or(active.id.as_str()) == slug
    });
    Ok(vouched
        || !context
            .store
            .identity()
            .knows_user(session.user_id())
            .await?)
}

/// The person's own organizations. Reads Clerk first when the person is new here, or when their
/// active organization is not in the local list.
///
/// # Errors
/// As [`read`], unless some organizations are known without Clerk: then they are the answer.
pub async fn organizations(
    context: &RequestContext,
    session: &Session,
) -> Result<Vec<MyOrganization>, AppError> {
    let known = context.store.organizations_of(session).await?;
    let active_is_missing = session
        .organization()
        .is_some_and(|active| known.iter().all(|mine| mine.id != active.id));
    if active_is_missing
        || (known.is_empty()
            && !context
                .store
                .identity()
                .knows_user(session.user_id())
                .await?)
    {
        return match catch_up(context, session).await {
            Ok(()) => Ok(context.store.organizations_of(session).await?),
            Err(AppError::ClerkUnavailable) if !known.is_empty() => Ok(known),
            Err(error) => Err(error),
        };
    }
    Ok(known)
}
