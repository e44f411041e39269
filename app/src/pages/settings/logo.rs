//! The organization's logo: shown, uploaded, removed. Clerk keeps the picture.
//!
//! It is uploaded to a route of the server's own rather than to a server function, so that nothing
//! of a file is kept of somebody who may not change it.

use clerk::{
    api::{ApiError, UploadLogo},
    models::Organization,
};
use imagesize::ImageType;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, OrganizationView, Told, Turn};

use super::settings_of;
use crate::{
    components::{
        field::error_of,
        header::{Avatar, sized},
    },
    context::{RequestContext, request_context},
    error::{AppError, Field, Problem},
    forms::{Done, Posted, Refusal},
    language::texts,
    notice::Notice,
    pages::members::changes::in_turn,
    redirects,
};

/// Where the file is posted to; `{slug}` stands for the organization's.
pub const FORM: &str = "/app/{slug}/settings/logo";

/// The form's field with the file.
pub const FILE: &str = "file";

/// The largest picture, in bytes. Clerk takes up to 10 MB.
pub const MAX_BYTES: usize = MAX_MEGABYTES as usize * 1024 * 1024;
const MAX_MEGABYTES: u32 = 5;

/// What the browser's dialog offers. What a file is, its content says.
const ACCEPT: &str = "image/png,image/jpeg,image/gif,image/webp";

/// The side of the picture on the settings page, in pixels of CSS, as long as `style/settings.css`
/// says nothing else.
const SIDE: u32 = 64;

/// A file that is a picture, and no larger than it may be.
pub struct Picture {
    file: Vec<u8>,
    media_type: &'static str,
}

impl Picture {
    /// Looks at what is in the file; what a browser says of it does not count.
    ///
    /// # Errors
    /// [`AppError::Invalid`], for [`Field::Logo`].
    pub fn read(file: Vec<u8>) -> Result<Self, AppError> {
        if file.is_empty() {
            return Err(refuse(Problem::Empty));
        }
        if file.len() > MAX_BYTES {
            return Err(too_large());
        }
        // Its size is read to see whether there is more of a picture than the first letters.
        let readable = imagesize::blob_size(&file).is_ok();
        let media_type = match imagesize::image_type(&file) {
            Ok(ImageType::Png) if readable => "image/png",
            Ok(ImageType::Jpeg) if readable => "image/jpeg",
            Ok(ImageType::Gif) if readable => "image/gif",
            Ok(ImageType::Webp) if readable => "image/webp",
            _ => return Err(refuse(Problem::Malformed)),
        };
        Ok(Self { file, media_type })
    }
}

/// The refusal of a file of more than [`MAX_BYTES`].
pub fn too_large() -> AppError {
    refuse(Problem::TooLarge {
        megabytes: MAX_MEGABYTES,
    })
}

fn refuse(problem: Problem) -> AppError {
    AppError::Invalid {
        field: Field::Logo,
        problem,
        // A file can't be put back into its field.
        value: String::new(),
    }
}

/// Whether the person may change the logo of the organization `slug`; to be asked before a file is
/// read.
///
/// # Errors
/// As [`RequestContext::may`].
pub async fn may(context: &RequestContext, slug: &str) -> Result<(), AppError> {
    context.may(slug, Action::OrganizationRename).await
}

/// Makes a picture the logo of the organization `slug`.
///
/// # Errors
/// As [`in_turn`]; [`AppError::Invalid`] when Clerk does not take the picture;
/// [`AppError::ClerkUnavailable`].
pub async fn set(
    context: RequestContext,
    slug: String,
    picture: Picture,
) -> Result<Done, AppError> {
    let change = Change::Set(picture);
    change.carry_out(context, &slug, Notice::LogoChanged).await
}

/// The refusals of the form at [`FORM`].
pub fn posted(slug: &str) -> Posted<'static> {
    Posted {
        function: FORM,
        page: settings_of(slug),
        kept: &[],
    }
}

/// Takes away the logo of the organization `org`.
#[server(endpoint = "organizations/remove-logo")]
pub async fn remove_logo(org: String) -> Result<(), AppError> {
    let outcome = match request_context() {
        Ok(context) => {
            let notice = Notice::LogoRemoved;
            Change::Remove.carry_out(context, &org, notice).await
        }
        Err(error) => Err(error),
    };
    Posted {
        function: RemoveLogo::PATH,
        page: settings_of(&org),
        kept: &[],
    }
    .answer(outcome)
}

enum Change {
    Set(Picture),
    Remove,
}

impl Change {
    async fn carry_out(
        self,
        context: RequestContext,
        slug: &str,
        notice: Notice,
    ) -> Result<Done, AppError> {
        let work = |context, turn| async move { self.make(&context, turn).await };
        in_turn(context, slug, Action::OrganizationRename, work).await?;
        Ok(Done {
            page: settings_of(slug),
            notice: Some(notice),
        })
    }

    async fn make(self, context: &RequestContext, turn: Turn) -> Result<(), AppError> {
        turn.require(Action::OrganizationRename)?;
        let organizations = context.clerk.organizations();
        let id = turn.organization().id.clone();
        let told: Organization = match self {
            Self::Set(picture) => {
                let logo = UploadLogo {
                    file: picture.file,
                    media_type: picture.media_type.to_owned(),
                    uploader_user_id: Some(turn.user_id().clone()),
                };
                let set = organizations.upload_logo(&id, logo).await;
                set.map_err(not_taken)?
            }
            Self::Remove => match organizations.delete_logo(&id).await {
                // There was none any more: what there is instead is to be told here.
                Err(error) if error.is_not_found() => organizations.get(&id).await?,
                removed => removed?,
            },
        };
        if told.has_image || turn.organization().logo_url.is_some() {
            turn.finish(&[Told::LogoChanged(&told)]).await?;
            tracing::info!(organization.id = %id, "logo changed");
        }
        Ok(())
    }
}

/// What Clerk's refusal of a file means.
fn not_taken(error: ApiError) -> AppError {
    match error.status() {
        Some(413) => too_large(),
        Some(400 | 415 | 422) => refuse(Problem::Malformed),
        Some(404) => AppError::NotFound,
        _ => error.into(),
    }
}

/// The logo of today, a field for another one, and a way to be without.
#[component]
pub(super) fn LogoSection<'a>(
    organization: &'a OrganizationView,
    refusal: &'a Refusal,
) -> impl IntoView + use<> {
    let texts = texts();
    let OrganizationView { name, slug, .. } = organization.clone();
    let logo = organization.logo_url.clone();
    let error = error_of(refusal.of(FORM), Field::Logo);
    let invalid = error.is_some();
    let described_by = match invalid {
        true => "logo-hint logo-error",
        false => "logo-hint",
    };
    let side = SIDE.to_string();
    let now = match &logo {
        Some(logo) => view! {
            <img
                src=sized(logo, SIDE)
                alt=texts.settings_logo_now(&name)
                width=side.clone()
                height=side
                decoding="async"
            />
        }
        .into_any(),
        None => view! { <Avatar name=name/> }.into_any(),
    };
    let action = FORM.replace("{slug}", &redirects::segment(&slug));
    let removal = logo.is_some().then(|| {
        view! {
            <form method="post" action=RemoveLogo::PATH>
                <input type="hidden" name="org" value=slug/>
                <button class="button" type="submit">{texts.settings_logo_remove()}</button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="logo-title">
            <h2 id="logo-title">{texts.settings_logo()}</h2>
            <div class="logo">
                {now}
                {removal}
            </div>
            <form class="form" method="post" action=action enctype="multipart/form-data">
                <div class="field">
                    <label for="logo-file">{texts.settings_logo_file()}</label>
                    <input
                        class="input input-file"
                        type="file"
                        id="logo-file"
                        name=FILE
                        accept=ACCEPT
                        required
                        aria-invalid=invalid.then_some("true")
                        aria-describedby=described_by
                        autofocus=invalid
                    />
                    <p class="hint" id="logo-hint">{texts.settings_logo_hint(MAX_MEGABYTES)}</p>
                    {error.map(|error| view! { <p class="field-error" id="logo-error">{error}</p> })}
                </div>
                <button class="button" type="submit">{texts.settings_logo_submit()}</button>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One grey pixel.
    const GIF: &[u8] =
        b"GIF89a\x01\0\x01\0\x80\0\0\x80\x80\x80\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

    fn problem(file: Vec<u8>) -> Option<Problem> {
        match Picture::read(file) {
            Ok(_) => None,
            Err(AppError::Invalid { problem, .. }) => Some(problem),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_picture_is_known_by_its_content() {
        assert_eq!(Picture::read(GIF.to_vec()).unwrap().media_type, "image/gif");
        for file in [
            &b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"[..],
            b"<html>GIF89a",
            // Only the beginning of one.
            &GIF[..6],
            b"\x89PNG\r\n\x1a\n",
            // A bitmap is a picture, but none of those.
            b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0",
        ] {
            assert_eq!(problem(file.to_vec()), Some(Problem::Malformed), "{file:?}");
        }
        assert_eq!(problem(Vec::new()), Some(Problem::Empty));
    }

    #[test]
    fn five_megabytes_and_no_more() {
        let mut file = GIF.to_vec();
        file.resize(MAX_BYTES, 0);
        assert_eq!(problem(file.clone()), None);
        file.push(0);
        assert_eq!(problem(file), Some(Problem::TooLarge { megabytes: 5 }));
    }
}
