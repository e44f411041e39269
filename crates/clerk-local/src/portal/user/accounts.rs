//! The person's accounts at providers.

use axum::extract::Path;
use maud::{Markup, html};

use super::{
    Correction, PAGE, page,
    verify::{Then, proven},
};
use crate::{
    flows::oauth::connect,
    portal::{
        Answer,
        form::Refusal,
        layout::part,
        social::{self, Chosen, failure, set_out},
        visit::{NoFields, Sent, Visit, correctable},
    },
    provider::{Provider, icon_url},
    state::{ExternalAccount, User},
};

/// Sends the browser to the provider.
pub async fn connect(Sent(visit, chosen): Sent<Chosen>) -> Answer {
    let (visitor, session, user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let journey = chosen.journey(&visit, "user/accounts")?;
    let begun = connect::start(&visit.state, &visitor.client, &user, &journey).await;
    Ok(match correctable(begun)? {
        Ok(account) => set_out(Some(&account.verification))?,
        Err(error) => {
            let back = Correction::Accounts(Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
    })
}

/// The browser is back.
pub async fn back(visit: Visit) -> Answer {
    let Some((_, session, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    let newest = user.external_accounts.iter().max_by_key(|it| it.updated_at);
    let newest = newest.filter(|account| !account.is_linked());
    Ok(match failure(newest.map(|account| &account.verification)) {
        Some(error) => {
            let back = Correction::Accounts(Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
        None => visit.go_to(PAGE),
    })
}

/// Takes an account away.
pub async fn remove(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let (_, session, user) = match proven(&visit, Then::Account).await? {
        Ok(proven) => proven,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let removed = visit.state.remove_account(&user.id, &id).await;
    Ok(match correctable(removed)? {
        Ok(_) => visit.go_to(PAGE),
        Err(error) => {
            let back = Correction::Accounts(Refusal::of(&error));
            page(&visit, &session, &user, back).await?
        }
    })
}

pub(super) fn section(visit: &Visit, user: &User, correction: &Correction<'_>) -> Markup {
    let refusal = match correction {
        Correction::Accounts(refusal) => *refusal,
        _ => Refusal::default(),
    };
    let accounts = &user.external_accounts;
    let linked: Vec<&ExternalAccount> = accounts.iter().filter(|it| it.is_linked()).collect();
    let missing: Vec<Provider> = Provider::ALL
        .into_iter()
        .filter(|provider| linked.iter().all(|it| it.provider != *provider))
        .collect();
    let content = html! {
        (refusal.beyond(&[]))
        @if !linked.is_empty() {
            ul.things { @for account in &linked { li { (entry(visit, account)) } } }
        }
        @if !missing.is_empty() {
            div.social.small {
                (visit.buttons("user/accounts", &html! {
                    @for provider in missing { (social::button(visit, provider, "Connect")) }
                }))
            }
        }
    };
    part("accounts", "Connected accounts", &content)
}

fn entry(visit: &Visit, account: &ExternalAccount) -> Markup {
    let name = account.provider.name();
    let icon = icon_url(visit.state.options(), account.provider);
    let address = account.profile.as_ref().map(|it| &it.email_address);
    let remove = html! { button.plain aria-label={ "Remove " (name) } { "Remove" } };
    html! {
        img src=(icon) alt="" width="20" height="20";
        div.about {
            strong { (name) }
            @if let Some(address) = address { " " span.hint { (address) } }
        }
        (visit.buttons(&format!("user/accounts/{}/remove", account.id), &remove))
    }
}
