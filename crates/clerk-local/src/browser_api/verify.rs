//! `/v1/client/sessions/{id}/verify`: the signed-in person shows again who they are.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};

use super::{context::BrowserContext, sessions};
use crate::{
    LocalState,
    error::{LocalError, Result},
    flows::{
        EMAIL_CODE, PASSKEY, PASSWORD,
        reverification::{self, Proof},
        unknown_strategy,
    },
    shapes,
    state::{Reverification, ReverificationLevel, Session, User},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/client/sessions/{id}/verify", get(read).post(start))
        .route(
            "/v1/client/sessions/{id}/verify/prepare_first_factor",
            post(prepare_first),
        )
        .route(
            "/v1/client/sessions/{id}/verify/attempt_first_factor",
            post(attempt_first),
        )
        .route(
            "/v1/client/sessions/{id}/verify/prepare_second_factor",
            post(prepare_second),
        )
        .route(
            "/v1/client/sessions/{id}/verify/attempt_second_factor",
            post(attempt_second),
        )
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let (session, user) = own(&context, &id).await?;
    let attempt = reverification::current(&context.state, &session).await?;
    answer(&context, &attempt, &user).await
}

async fn start(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let (session, user) = own(&context, &id).await?;
    let level = match context.form.text("level") {
        None | Some("second_factor") => ReverificationLevel::SecondFactor,
        Some("first_factor") => ReverificationLevel::FirstFactor,
        Some("multi_factor") => ReverificationLevel::MultiFactor,
        Some(_) => {
            return Err(LocalError::form(
                422,
                "form_param_value_invalid",
                "level must be first_factor, second_factor or multi_factor.",
                "level",
            ));
        }
    };
    let attempt = reverification::start(&context.state, &session, &user, level).await?;
    answer(&context, &attempt, &user).await
}

async fn prepare_first(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let (session, user) = own(&context, &id).await?;
    let attempt = reverification::prepare(
        &context.state,
        &session,
        &user,
        context.form.required("strategy")?,
        context.form.text("email_address_id"),
        context.azp(),
    )
    .await?;
    answer(&context, &attempt, &user).await
}

async fn attempt_first(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let (session, user) = own(&context, &id).await?;
    let form = &context.form;
    let proof = match form.required("strategy")? {
        PASSWORD => Proof::Password(form.required("password")?),
        EMAIL_CODE => Proof::Code(form.required("code")?),
        PASSKEY => Proof::Passkey(form.required("public_key_credential")?),
        _ => return Err(unknown_strategy()),
    };
    let attempt = reverification::attempt_first(&context.state, &session, &user, proof).await?;
    answer(&context, &attempt, &user).await
}

/// Neither authenticator apps nor backup codes have anything to prepare.
async fn prepare_second(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    own(&context, &id).await?;
    context.form.required("strategy")?;
    Err(unknown_strategy())
}

async fn attempt_second(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let (session, user) = own(&context, &id).await?;
    let strategy = context.form.required("strategy")?;
    let code = context.form.required("code")?;
    let state = &context.state;
    let attempt = reverification::attempt_second(state, &session, &user, strategy, code).await?;
    answer(&context, &attempt, &user).await
}

/// The live session of this browser, and its person.
async fn own(context: &BrowserContext, id: &str) -> Result<(Session, User)> {
    let session = sessions::own(context, id).await?;
    if !session.is_active(context.state.now_ms()) {
        return Err(LocalError::signed_out());
    }
    let user = context.state.user(&session.user_id).await?;
    let user = user.ok_or_else(LocalError::not_found)?;
    Ok((session, user))
}

/// The attempt with its session as it is now: a factor just shown is in its age and in its token.
async fn answer(
    context: &BrowserContext,
    attempt: &Reverification,
    user: &User,
) -> Result<Response> {
    let session = context.state.session(&attempt.session_id).await?;
    let session = session.ok_or_else(LocalError::not_found)?;
    let session = shapes::browser::load_session(&context.state, &session, context.azp()).await?;
    let body = shapes::factors::reverification(attempt, user, session);
    context.respond(body).await
}
