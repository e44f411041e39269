// What the backend API answers, in the shapes of its specification (bapi 2026-05-12), with
// members that neither SDK knows.

const times = { created_at: 1730160000001, updated_at: 1730160000002 };
const future = { member_of_tomorrow: { a: [1] } };
const page = (...data) => ({ data, total_count: data.length + 40, ...future });
const gone = (object, id) => ({ object, id, deleted: true });

const verification = {
  object: "verification_otp", status: "verified", strategy: "email_code", attempts: 1, expire_at: 1730160000003,
};

export const user = {
  object: "user", id: "user_1", external_id: "ext_1", username: "ada", first_name: "Ada", last_name: "L",
  locale: "en-GB", timezone: "Europe/London", image_url: "https://img.example/u", has_image: true,
  primary_email_address_id: "idn_1", primary_phone_number_id: "idn_2", primary_web3_wallet_id: null,
  public_metadata: { plan: "pro" }, private_metadata: { crm: 7 }, unsafe_metadata: { theme: null },
  email_addresses: [{
    object: "email_address", id: "idn_1", email_address: "ada@example.com", reserved: false, verification,
    linked_to: [{ id: "idn_3", type: "oauth_google" }], matches_sso_connection: false, ...times,
  }],
  phone_numbers: [{
    object: "phone_number", id: "idn_2", phone_number: "+15555550100", reserved_for_second_factor: true,
    default_second_factor: true, reserved: false, verification: null, linked_to: [], backup_codes: null, ...times,
  }],
  web3_wallets: [{ object: "web3_wallet", id: "idn_4", web3_wallet: "0x1", verification: null, ...times }],
  external_accounts: [{
    object: "external_account", id: "idn_3", external_account_id: "eac_1", provider: "oauth_google",
    identification_id: "idn_3", provider_user_id: "g1", approved_scopes: "email profile",
    email_address: "ada@example.com", first_name: "Ada", last_name: "L", image_url: "https://img.example/g",
    username: null, phone_number: null, public_metadata: {}, label: null, verification: null, ...times,
  }],
  enterprise_accounts: [{
    object: "enterprise_account", id: "eacc_1", active: true, email_address: "ada@corp.example",
    enterprise_connection_id: "ent_1", first_name: "Ada", last_name: null, protocol: "saml",
    provider: "saml_okta", provider_user_id: null, public_metadata: { a: 1 }, verification: null,
    last_authenticated_at: 1730160000004,
    enterprise_connection: {
      object: "enterprise_account_connection", id: "ent_1", active: true, allow_idp_initiated: false,
      allow_subdomains: true, disable_additional_identifications: false, domain: "corp.example",
      logo_public_url: null, name: "Corp", protocol: "saml", provider: "saml_okta", sync_user_attributes: true, ...times,
    },
  }],
  saml_accounts: [], passkeys: [], organization_memberships: null,
  password_enabled: true, password_last_updated_at: 1730160000005, two_factor_enabled: true, totp_enabled: true,
  backup_code_enabled: false, mfa_enabled_at: null, mfa_disabled_at: null, banned: false, locked: true,
  lockout_expires_in_seconds: 60, verification_attempts_remaining: 3, deprovisioned: false,
  delete_self_enabled: true, create_organization_enabled: true, create_organizations_limit: null,
  last_sign_in_at: null, last_active_at: 1730160000006, legal_accepted_at: 1730160000007, ...times, ...future,
};

export const organization = {
  object: "organization", id: "org_1", name: "Acme", slug: "acme", image_url: "https://img.example/o",
  has_image: false, members_count: 3, pending_invitations_count: 1, max_allowed_memberships: 5,
  admin_delete_enabled: true, public_metadata: { a: 1 }, private_metadata: { b: 2 }, created_by: "user_1",
  last_active_at: 1730160000008, role_set_key: "role_set:default", ...times, ...future,
};

export const membership = {
  object: "organization_membership", id: "orgmem_1", role: "org:admin", role_name: "Admin",
  permissions: ["org:sys_profile:manage"], public_metadata: {}, private_metadata: { c: 3 }, organization,
  public_user_data: {
    user_id: "user_1", first_name: "Ada", last_name: null, image_url: "https://img.example/u", has_image: true,
    identifier: "ada@example.com", username: null, banned: false, profile_image_url: "https://img.example/u",
  },
  ...times, ...future,
};

export const organizationInvitation = {
  object: "organization_invitation", id: "orginv_1", email_address: "ben@example.com", role: "org:member",
  role_name: "Member", organization_id: "org_1", inviter_id: "user_1", status: "pending",
  public_metadata: { a: 1 }, private_metadata: {}, url: "https://accounts.example/v1", expires_at: 1730160000009,
  public_organization_data: {
    object: "organization", id: "org_1", name: "Acme", slug: "acme", image_url: "https://img.example/o", has_image: false,
  },
  ...times, ...future,
};

export const organizationDomain = {
  object: "organization_domain", id: "orgdmn_1", organization_id: "org_1", name: "acme.example",
  enrollment_mode: "automatic_invitation", affiliation_email_address: null,
  verification: { status: "verified", strategy: "affiliation_email_code", attempts: 1, expires_at: 1730160000010 },
  total_pending_invitations: 2, total_pending_suggestions: 0, ...times, ...future,
};

export const invitation = {
  object: "invitation", id: "inv_1", email_address: "ben@example.com", public_metadata: { a: 1 }, revoked: false,
  status: "pending", url: "https://accounts.example/v2", expires_at: 1730160000011, ...times, ...future,
};

export const permission = {
  object: "permission", id: "perm_1", key: "org:projects:write", name: "Write projects", description: "May write",
  type: "user", ...times, ...future,
};

export const role = {
  object: "role", id: "role_1", key: "org:editor", name: "Editor", description: null, is_creator_eligible: false,
  permissions: [permission], ...times, ...future,
};

export const session = {
  object: "session", id: "sess_1", user_id: "user_1", client_id: "client_1", status: "active",
  actor: { sub: "user_2" }, last_active_organization_id: "org_1", last_active_at: 1730160000012,
  latest_activity: {
    object: "session_activity", id: "sess_activity_1", device_type: "Macintosh", is_mobile: false,
    browser_name: "Firefox", browser_version: "140", ip_address: "192.0.2.1", city: "Bath", country: "GB",
  },
  expire_at: 1730160000013, abandon_at: 1730160000014, tasks: null, ...times, ...future,
};

export const client = {
  object: "client", id: "client_1", session_ids: ["sess_1"], sessions: [session], sign_in_id: null, sign_up_id: "sua_1",
  last_active_session_id: "sess_1", last_authentication_strategy: "password", ...times, ...future,
};

export const domain = {
  object: "domain", id: "dmn_1", name: "acme.example", is_satellite: true, is_secondary: false,
  frontend_api_url: "https://clerk.acme.example", accounts_portal_url: null, proxy_url: "https://acme.example/__clerk",
  development_origin: "", cname_targets: [{ host: "clerk.acme.example", value: "frontend-api.example", required: true }],
  ...future,
};

export const connection = {
  object: "enterprise_connection", id: "ent_1", name: "Corp", provider: "saml_okta", logo_public_url: "https://img.example/l",
  domains: ["corp.example"], organization_id: "org_1", active: true, sync_user_attributes: true,
  disable_additional_identifications: false, allow_organization_account_linking: true, authenticatable: true,
  disable_jit_provisioning: false,
  custom_attributes: [{ name: "Team", key: "team", sso_path: "team", scim_path: "urn:team", multi_valued: false }],
  saml_connection: {
    id: "samlc_1", name: "Corp", idp_entity_id: "idp", idp_sso_url: "https://idp.example/sso", idp_certificate: "MII",
    idp_certificate_issued_at: 1730160000015, idp_certificate_expires_at: 1730160000016,
    idp_certificates: [{ certificate: "MII", issued_at: null, expires_at: 1730160000016 }],
    idp_metadata_url: "https://idp.example/meta", acs_url: "https://sp.example/acs", sp_entity_id: "sp",
    sp_metadata_url: "https://sp.example/meta", active: true, allow_subdomains: false, allow_idp_initiated: true,
    force_authn: false, login_hint: { mode: "custom_attribute", source: "login" },
  },
  oauth_config: {
    id: "oauth_1", provider_key: "custom", name: "Corp", client_id: "c1", discovery_url: "https://idp.example/d",
    auth_url: "https://idp.example/a", token_url: "https://idp.example/t", user_info_url: "https://idp.example/u",
    logo_public_url: "https://img.example/l", requires_pkce: true, ...times,
  },
  ...times, ...future,
};

const bareMachine = {
  object: "machine", id: "mch_2", name: "two", instance_id: "ins_1", default_token_ttl: 60, ...times,
};
export const machine = {
  ...bareMachine, id: "mch_1", name: "one", default_token_ttl: 3600, scoped_machines: [bareMachine], ...future,
};
export const newMachine = { ...machine, secret_key: "ak_new" };
export const scope = { object: "machine_scope", from_machine_id: "mch_1", to_machine_id: "mch_2", created_at: 1730160000017 };
export const goneScope = { object: "machine_scope", from_machine_id: "mch_1", to_machine_id: "mch_2", deleted: true };
export const machineKey = { object: "machine_secret_key", secret: "ak_machine_secret" };

export const m2mToken = {
  object: "machine_to_machine_token", id: "mt_1", subject: "mch_1", scopes: ["mch_2"], claims: { team: "a" },
  token: "mt_secret", revoked: false, revocation_reason: null, expired: false, expiration: 1730160000018,
  last_used_at: null, ...times, ...future,
};

export const apiKey = {
  object: "api_key", id: "ak_1", type: "api_key", subject: "user_1", name: "CI", description: "for builds",
  claims: null, scopes: ["read"], secret: "ak_secret", revoked: true, revocation_reason: "lost", expired: false,
  expiration: null, created_by: "user_1", last_used_at: 1730160000019, ...times, ...future,
};

export const accessToken = {
  object: "clerk_idp_oauth_access_token", id: "oat_1", client_id: "client_app", type: "oauth:access_token",
  subject: "user_1", scopes: ["openid"], revoked: false, revocation_reason: null, expired: false,
  expiration: 1730160000020, aud: ["https://api.example"],
  act: { iss: "https://idp.example", sub: "agent_1", act: { sub: "agent_2" } }, ...times, ...future,
};

export const signInToken = {
  object: "sign_in_token", id: "sit_1", user_id: "user_1", token: "sit_secret", status: "pending",
  url: "https://accounts.example/t", ...times, ...future,
};
export const actorToken = {
  object: "actor_token", id: "act_1", user_id: "user_1", status: "pending", actor: { sub: "user_2" }, token: "act_secret",
  url: "https://accounts.example/a", ...times, ...future,
};
export const testingToken = { object: "testing_token", token: "test_secret", expires_at: 1730160 };
export const jwks = { keys: [{ use: "sig", kty: "RSA", kid: "ins_1", alg: "RS256", n: "AQAB", e: "AQAB" }] };
export const token = { object: "token", jwt: "e30.e30.e30" };
export const cookies = { object: "cookies", cookies: ["__session=e30.e30.e30; Path=/"] };
export const count = { object: "total_count", total_count: 41 };
export { gone, page };
