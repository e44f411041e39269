//! What deliveries say: every type of event that Clerk documents, and those it does not.

use clerk::webhooks::{Event, EventData, WebhookError, WebhookSecret, sign, verify};
use http::HeaderMap;
use serde_json::{Value, json};

const NOW: i64 = 1_700_000_000;

/// The types under `x-webhooks` of Clerk's webhooks description of 2025-04-15.
const DOCUMENTED: [&str; 45] = [
    "email.created",
    "organization.created",
    "organization.deleted",
    "organization.updated",
    "organizationDomain.created",
    "organizationDomain.deleted",
    "organizationDomain.updated",
    "organizationInvitation.accepted",
    "organizationInvitation.created",
    "organizationInvitation.revoked",
    "organizationMembership.created",
    "organizationMembership.deleted",
    "organizationMembership.updated",
    "paymentAttempt.created",
    "paymentAttempt.updated",
    "permission.created",
    "permission.deleted",
    "permission.updated",
    "role.created",
    "role.deleted",
    "role.updated",
    "session.created",
    "session.ended",
    "session.pending",
    "session.removed",
    "session.revoked",
    "sms.created",
    "subscription.active",
    "subscription.created",
    "subscription.pastDue",
    "subscription.updated",
    "subscriptionItem.abandoned",
    "subscriptionItem.active",
    "subscriptionItem.canceled",
    "subscriptionItem.ended",
    "subscriptionItem.freeTrialEnding",
    "subscriptionItem.incomplete",
    "subscriptionItem.pastDue",
    "subscriptionItem.upcoming",
    "subscriptionItem.updated",
    "user.created",
    "user.deleted",
    "user.updated",
    "waitlistEntry.created",
    "waitlistEntry.updated",
];

/// Delivers this body, well signed.
fn deliver(body: &[u8]) -> Result<Event, WebhookError> {
    let secret = WebhookSecret::from_bytes(b"twenty-four bytes, nearly").unwrap();
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("svix-id", "msg_1"),
        ("svix-timestamp", &NOW.to_string()),
        ("svix-signature", &sign(&secret, "msg_1", NOW, body)),
    ] {
        headers.insert(name, value.parse().unwrap());
    }
    verify(&secret, &headers, body, NOW * 1_000)
}

fn event(kind: &str, data: &Value) -> Event {
    let body = json!({
        "type": kind, "object": "event", "timestamp": 1_716_883_200_000_i64,
        "instance_id": "ins_1", "data": data,
        "event_attributes": { "http_request": { "client_ip": "0.0.0.0", "user_agent": "Firefox" } },
    });
    deliver(body.to_string().as_bytes()).unwrap()
}

/// Data as Clerk's examples have them for this type, with a member that nobody knows.
fn example(kind: &str) -> Value {
    let (subject, what) = kind.split_once('.').unwrap();
    let mut data = match (subject, what) {
        (_, "deleted") if subject != "organizationMembership" => {
            json!({ "object": subject, "id": "x_1", "deleted": true })
        }
        ("user", _) => json!({ "id": "x_1", "object": "user", "first_name": "John",
            "email_addresses": [], "private_metadata": null, "last_sign_in_at": 1 }),
        ("session", _) => json!({ "id": "x_1", "object": "session", "user_id": "user_1",
            "client_id": "client_1", "status": "active", "actor": null, "expire_at": 1,
            "user": { "id": "user_1", "email_addresses": [] } }),
        ("organization", _) => json!({ "id": "x_1", "object": "organization", "name": "Acme",
            "slug": "acme", "max_allowed_memberships": 5, "created_by": "user_1" }),
        ("organizationMembership", _) => json!({ "id": "x_1", "role": "org:admin",
            "organization": { "id": "org_1", "name": "Acme", "slug": "acme" },
            "public_user_data": { "user_id": "user_1", "identifier": "a@example.com" } }),
        ("organizationInvitation", _) => json!({ "id": "x_1", "role": "org:member",
            "email_address": "a@example.com", "organization_id": "org_1", "user_id": "user_1" }),
        ("organizationDomain", _) => json!({ "id": "x_1", "organization_id": "org_1",
            "name": "example.com", "enrollment_mode": "automatic_invitation",
            "verification": { "status": "verified", "strategy": "admin", "attempts": null,
                "expire_at": null } }),
        ("role", _) => json!({ "id": "x_1", "key": "org:admin", "name": "Admin",
            "is_creator_eligible": true, "permissions": [{ "id": "perm_1", "key": "org:a:b" }] }),
        ("permission", _) => json!({ "id": "x_1", "key": "org:a:b", "name": "B of A",
            "type": "user" }),
        ("email", _) => json!({ "id": "x_1", "slug": "verification_code",
            "from_email_name": "notifications", "to_email_address": "a@example.com",
            "user_id": "user_1", "subject": "123456 is your code", "body": "<b>123456</b>",
            "status": "queued", "delivered_by_clerk": false, "data": { "otp_code": "123456" } }),
        ("sms", _) => json!({ "id": "x_1", "slug": "verification_code",
            "from_phone_number": "+15005550006", "to_phone_number": "+12015550100",
            "user_id": null, "message": "123456", "status": "queued",
            "delivered_by_clerk": true, "data": { "otp_code": "123456" }, "created_at_ms": 5 }),
        ("waitlistEntry", _) => json!({ "id": "x_1", "email_address": "a@example.com",
            "status": "invited", "is_locked": false, "created_at": 1, "updated_at": 2,
            "invitation": { "id": "inv_1", "email_address": "a@example.com" } }),
        ("paymentAttempt", _) => json!({ "id": "x_1", "status": "failed", "paid_at": null,
            "failed_at": 7, "charge_type": "recurring", "billing_date": 6,
            "failed_reason": { "code": "card_declined", "decline_code": "insufficient_funds" },
            "payer": payer(), "payee": { "id": "cpayee_1", "gateway_type": "stripe" },
            "payment_source": { "id": "cps_1", "payment_method": "card", "last4": "4242" },
            "totals": { "grand_total": { "amount": 2_000, "currency": "USD" } },
            "subscription_items": [item()] }),
        ("subscription", _) => json!({ "id": "x_1", "status": "active", "active_at": 1,
            "past_due_at": null, "payer_id": "cpayer_1", "payer": payer(), "items": [item()],
            "latest_payment_id": "cpa_1", "payment_source_id": "cps_1" }),
        ("subscriptionItem", _) => {
            let mut item = item();
            item["id"] = json!("x_1");
            item["payer"] = payer();
            item["subscription_id"] = json!("csub_1");
            item
        }
        _ => panic!("no example of {kind}"),
    };
    data["hologram"] = json!({ "x": [1] });
    data
}

fn payer() -> Value {
    json!({ "object": "commerce_payer", "id": "cpayer_1", "user_id": "user_1",
        "first_name": "Test", "email": "test@example.com", "organization_id": "",
        "organization_name": "" })
}

fn item() -> Value {
    json!({ "id": "csub_item_1", "status": "active", "is_free_trial": false, "interval": "month",
        "period_start": 1, "period_end": 2, "plan_id": "cplan_1", "subscription_id": null,
        "plan": { "id": "cplan_1", "slug": "pro", "name": "Pro", "is_recurring": true,
            "amount": 2_000, "currency": "USD" } })
}

#[test]
fn every_documented_type_has_a_variant_of_its_own() {
    for kind in DOCUMENTED {
        assert!(EventData::KINDS.contains(&kind), "{kind}");
    }
    // Clerk's own types know one that the description lacks.
    let more: Vec<_> = EventData::KINDS
        .iter()
        .filter(|kind| !DOCUMENTED.contains(kind))
        .collect();
    assert_eq!(more, [&"subscriptionItem.created"]);
}

#[test]
fn every_type_is_read_and_named_as_it_came() {
    for kind in EventData::KINDS {
        let event = event(kind, &example(kind));
        assert!(!matches!(event.data, EventData::Unknown { .. }), "{kind}");
        assert_eq!(event.data.kind(), *kind);
        // The variant's name is the type's: a crossed wire in the table would show.
        let variant = format!("{:?}", event.data);
        let named: String = kind.split('.').map(capitalised).collect();
        assert!(
            variant.starts_with(&format!("{named}(")),
            "{kind}: {variant}"
        );
        assert!(variant.contains("x_1"), "{kind}: {variant}");
    }
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

#[test]
fn the_envelope() {
    let event = event("user.deleted", &example("user.deleted"));
    assert_eq!(event.id, "msg_1");
    assert_eq!(event.timestamp_ms, 1_716_883_200_000);
    assert_eq!(event.instance_id.as_deref(), Some("ins_1"));
    let request = event.http_request.unwrap();
    assert_eq!(request.client_ip.as_deref(), Some("0.0.0.0"));
    assert_eq!(request.user_agent.as_deref(), Some("Firefox"));
    let bare = deliver(br#"{"type":"x.y","data":null}"#).unwrap();
    assert_eq!(
        (bare.timestamp_ms, bare.instance_id, bare.http_request),
        (0, None, None)
    );
}

#[test]
fn data_of_people_and_organizations() {
    let EventData::UserCreated(user) = event(
        "user.created",
        &json!({ "id": "user_1", "first_name": "Ada", "primary_email_address_id": "idn_2",
            "public_metadata": null, "email_addresses": [
                { "id": "idn_1", "email_address": "a@x.com" },
                { "id": "idn_2", "email_address": "ada@x.com",
                    "verification": { "status": "verified", "strategy": "email_code" } }] }),
    )
    .data
    else {
        panic!("not a user")
    };
    let email = user.primary_email_address().unwrap();
    assert_eq!(email.email_address, "ada@x.com");
    assert!(email.is_verified() && !user.email_addresses[0].is_verified());
    assert_eq!(user.full_name().as_deref(), Some("Ada"));

    let kind = "organizationMembership.deleted";
    let EventData::OrganizationMembershipDeleted(membership) = event(kind, &example(kind)).data
    else {
        panic!("not a membership")
    };
    assert_eq!(membership.organization.slug.as_deref(), Some("acme"));
    assert_eq!(membership.public_user_data.user_id.as_str(), "user_1");

    let EventData::SessionPending(pending) =
        event("session.pending", &example("session.pending")).data
    else {
        panic!("not a session")
    };
    assert_eq!(pending.session.id.as_str(), "x_1");
    assert_eq!(pending.user.unwrap().id, pending.session.user_id);

    let kind = "organizationInvitation.accepted";
    let EventData::OrganizationInvitationAccepted(accepted) = event(kind, &example(kind)).data
    else {
        panic!("not an invitation")
    };
    assert_eq!(accepted.user_id.as_deref(), Some("user_1"));
}

#[test]
fn data_of_messages_and_money() {
    let EventData::EmailCreated(email) = event("email.created", &example("email.created")).data
    else {
        panic!("not an e-mail")
    };
    assert!(!email.delivered_by_clerk);
    assert_eq!(email.data["otp_code"], "123456");

    let kind = "paymentAttempt.updated";
    let EventData::PaymentAttemptUpdated(payment) = event(kind, &example(kind)).data else {
        panic!("not a payment")
    };
    assert_eq!((payment.paid_at, payment.failed_at), (None, Some(7)));
    assert_eq!(payment.failed_reason.unwrap().code, "card_declined");
    let total = payment.totals.unwrap().grand_total;
    assert_eq!((total.amount, &*total.currency), (2_000, "USD"));
    assert_eq!(
        payment.subscription_items[0].plan.as_ref().unwrap().slug,
        "pro"
    );

    let kind = "subscription.pastDue";
    let EventData::SubscriptionPastDue(subscription) = event(kind, &example(kind)).data else {
        panic!("not a subscription")
    };
    assert_eq!(subscription.payer.unwrap().user_id, "user_1");
    assert_eq!(subscription.items[0].period_end, Some(2));
}

#[test]
fn unknown_events_are_kept_whole() {
    let data = json!({ "id": "x_1", "n": [1, 2.5, null], "o": { "deep": true } });
    let event = event("hologram.projected", &data);
    assert_eq!(event.data.kind(), "hologram.projected");
    let EventData::Unknown { kind, data: kept } = event.data else {
        panic!("known?")
    };
    assert_eq!((&*kind, kept), ("hologram.projected", data));
}

#[test]
fn a_known_event_with_other_data_is_refused_but_not_lost() {
    let body = json!({ "type": "user.created", "data": { "name": "x" } });
    let Err(WebhookError::Data { event, source }) = deliver(body.to_string().as_bytes()) else {
        panic!("read?")
    };
    assert!(source.to_string().contains("id"), "{source}");
    let EventData::Unknown { kind, data } = event.data else {
        panic!("known?")
    };
    assert_eq!((&*kind, &data["name"]), ("user.created", &json!("x")));
    assert_eq!(event.id, "msg_1");
}

#[test]
fn what_is_no_event_is_named() {
    for body in [
        "",
        "{}",
        "[]",
        "not json",
        r#"{"type":7,"data":{}}"#,
        r#"{"type":"user.created"}"#,
    ] {
        let refused = deliver(body.as_bytes());
        assert!(matches!(refused, Err(WebhookError::Event(_))), "{body}");
    }
}
