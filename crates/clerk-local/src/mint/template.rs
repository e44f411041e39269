//! Tokens made from templates.

use jsonwebtoken::Header;
use serde_json::{Map, Value, json};

use super::{TEMPLATE_CATEGORY, shortcodes};
use crate::{
    LocalOptions, LocalState,
    error::{LocalError, Result},
    shapes,
    state::{JwtTemplate, Membership, Session, User, ids},
};

impl LocalState {
    /// A token with the claims of a template, for the session's person and active organization. It
    /// is not bound to the session (Clerk docs: JWT templates, default claims).
    ///
    /// # Errors
    /// `resource_not_found` without such a template; when the database or the signature fails.
    pub async fn mint_template_token(
        &self,
        session: &Session,
        azp: Option<&str>,
        name: &str,
    ) -> Result<String> {
        let template = self.jwt_template_by_name(name).await?;
        let template = template.ok_or_else(LocalError::not_found)?;
        let user = self.user(&session.user_id).await?;
        let user = user.ok_or_else(LocalError::signed_out)?;
        let memberships = self.memberships_of_user(&user.id).await?;
        let active = session.active_organization_id.as_deref();
        let active = memberships
            .iter()
            .find(|membership| Some(membership.organization.id.as_str()) == active);
        let values = values(&user, &memberships, active, self.options());
        let mut claims = match shortcodes::fill(&template.claims, &values) {
            Value::Object(claims) => claims,
            _ => Map::new(),
        };
        let iat = self.now_ms().div_euclid(1000);
        claims.extend([
            (
                "iss".to_owned(),
                json!(self.instance().publishable_key.issuer()),
            ),
            ("sub".to_owned(), json!(user.id)),
            ("iat".to_owned(), json!(iat)),
            ("nbf".to_owned(), json!(iat - template.allowed_clock_skew)),
            ("exp".to_owned(), json!(iat + template.lifetime)),
            ("jti".to_owned(), json!(ids::alphanumeric(20))),
        ]);
        if let Some(azp) = azp {
            claims.insert("azp".to_owned(), json!(azp));
        }
        self.sign_by(&template, &Value::Object(claims))
    }

    fn sign_by(&self, template: &JwtTemplate, claims: &Value) -> Result<String> {
        let algorithm = template.signing_algorithm;
        let mut header = Header::new(algorithm.algorithm());
        header.extras.insert("cat", TEMPLATE_CATEGORY);
        let Some(key) = &template.signing_key else {
            let signing = self.instance().signing()?;
            header.kid = Some(signing.kid.clone());
            return Ok(jsonwebtoken::encode(&header, claims, &signing.encoding)?);
        };
        let key = algorithm.read_key(key)?;
        Ok(jsonwebtoken::encode(&header, claims, &key)?)
    }
}

/// What shortcodes stand for: `user.…`, and `org.…` and `org_membership.…` in an organization.
fn values(
    user: &User,
    memberships: &[Membership],
    active: Option<&Membership>,
    options: &LocalOptions,
) -> Value {
    let names = [user.first_name.as_deref(), user.last_name.as_deref()];
    let full_name: Vec<&str> = names.into_iter().flatten().collect();
    let primary = user.primary_email();
    let organizations: Map<String, Value> = memberships
        .iter()
        .map(|membership| (membership.organization.id.clone(), json!(membership.role)))
        .collect();
    let mut values = json!({
        "user": {
            "id": user.id,
            "external_id": user.external_id,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "full_name": (!full_name.is_empty()).then(|| full_name.join(" ")),
            "username": null,
            "image_url": shapes::user_image_url(user, options),
            "has_image": user.image_id.is_some(),
            "primary_email_address": primary.map(|email| email.email_address.as_str()),
            "email_verified": primary.is_some_and(|email| email.verified),
            "primary_phone_number": null,
            "phone_number_verified": false,
            "primary_web3_wallet": null,
            "created_at": user.created_at.div_euclid(1000),
            "updated_at": user.updated_at.div_euclid(1000),
            "last_sign_in_at": user.last_sign_in_at.map(|at| at.div_euclid(1000)),
            "public_metadata": user.public_metadata,
            "unsafe_metadata": user.unsafe_metadata,
            "organizations": organizations,
        },
        "session": { "actor": null },
    });
    if let Some(membership) = active {
        let organization = &membership.organization;
        values["org"] = json!({
            "id": organization.id,
            "slug": organization.slug,
            "name": organization.name,
            "role": membership.role,
            "image_url": shapes::organization_image_url(organization, options),
            "has_image": organization.image_id.is_some(),
            "public_metadata": organization.public_metadata,
        });
        values["org_membership"] = json!({
            "permissions": membership.permissions(),
            "public_metadata": membership.public_metadata,
        });
    }
    values
}
