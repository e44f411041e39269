// The calls that both SDKs make: a name, what the API answers, and the call.

import * as a from "./api-answers.mjs";

const { gone, page } = a;
const metadata = { publicMetadata: { plan: { name: "pro", trialEnd: null } }, privateMetadata: { crmId: 7 } };
const saml = {
  allowIdpInitiated: true, allowSubdomains: false, forceAuthn: true, idpCertificate: "MII", idpCertificates: ["MII"],
  idpEntityId: "idp", idpMetadata: "<x/>", idpMetadataUrl: "https://idp.example/meta", idpSsoUrl: "https://idp.example/sso",
  attributeMapping: { userId: "uid", emailAddress: null }, loginHint: { mode: "custom_attribute", source: "login" },
};
const oidc = {
  authUrl: "https://idp.example/a", clientId: "c1", clientSecret: "s1", discoveryUrl: "https://idp.example/d",
  requiresPkce: false, tokenUrl: "https://idp.example/t", userInfoUrl: "https://idp.example/u",
};
const userFilter = {
  emailAddress: ["a+b@example.com", "c@example.com"], phoneNumber: ["+15555550100"], username: ["ada"], web3Wallet: ["0x1"],
  query: "ada l", userId: ["user_1", "-user_2"], externalId: ["ext_1"], organizationId: ["+org_1"], lastActiveAtBefore: 5,
  lastActiveAtAfter: 4, createdAtBefore: 3, createdAtAfter: 2, lastSignInAtAfter: 1, lastSignInAtBefore: 6,
};
const refresh = {
  expired_token: "e30", refresh_token: "r1", request_origin: "https://app.example", format: "cookie",
  request_headers: { "user-agent": ["x"], accept: ["a", "b"] },
};

export const calls = {
  "users.get": [a.user, (c) => c.users.getUser("user_1")],
  "users.list": [
    (path) => (path.endsWith("/count") ? a.count : [a.user, { ...a.user, id: "user_2" }]),
    (c) => c.users.getUserList({ ...userFilter, orderBy: "-created_at", limit: 20, offset: 40 }),
  ],
  "users.list without parameters": [
    (path) => (path.endsWith("/count") ? a.count : []), (c) => c.users.getUserList({ offset: 0 }),
  ],
  "users.count": [a.count, (c) => c.users.getCount(userFilter)],
  "users.create": [a.user, (c) => c.users.createUser({
    externalId: "ext_1", emailAddress: ["ada@example.com"], phoneNumber: ["+15555550100"], username: "ada", firstName: "Ada",
    lastName: "L", locale: "en-GB", password: "correct horse", skipPasswordChecks: true, totpSecret: "JBSW",
    backupCodes: ["one", "two"], deleteSelfEnabled: false, createdAt: "2024-10-29T00:00:00Z", banned: true, ...metadata,
    unsafeMetadata: { theme: "dark" },
  })],
  "users.update": [a.user, (c) => c.users.updateUser("user_1", {
    firstName: "Ada", lastName: null, username: "ada2", primaryEmailAddressId: "idn_1", password: "correct horse",
    signOutOfOtherSessions: true, createOrganizationsLimit: 0, externalId: null,
  })],
  "users.merge_metadata": [a.user, (c) => c.users.updateUserMetadata("user_1", metadata)],
  "users.replace_metadata": [a.user, (c) => c.users.replaceUserMetadata("user_1", { unsafeMetadata: {} })],
  "users.delete": [gone("user", "user_1"), (c) => c.users.deleteUser("user_1")],
  "users.ban": [a.user, (c) => c.users.banUser("user_1")],
  "users.unban": [a.user, (c) => c.users.unbanUser("user_1")],
  "users.lock": [a.user, (c) => c.users.lockUser("user_1")],
  "users.unlock": [a.user, (c) => c.users.unlockUser("user_1")],
  "users.delete_profile_image": [a.user, (c) => c.users.deleteUserProfileImage("user_1")],
  "users.organization_memberships": [
    { data: [a.membership], total_count: 1 },
    (c) => c.users.getOrganizationMembershipList({ userId: "user_1", limit: 500 }),
  ],
  "users.list_organization_invitations": [
    page(a.organizationInvitation),
    (c) => c.users.getOrganizationInvitationList({ userId: "user_1", status: "pending", limit: 5 }),
  ],
  "users.verify_password": [{ verified: true }, (c) => c.users.verifyPassword({ userId: "user_1", password: "p w" })],
  "users.verify_totp": [
    { verified: true, code_type: "totp" }, (c) => c.users.verifyTOTP({ userId: "user_1", code: "123456" }),
  ],
  "users.remove_password": [a.user, (c) => c.users.removePassword("user_1", { signOutOfOtherSessions: true })],
  "users.remove_password quietly": [a.user, (c) => c.users.removePassword("user_1")],
  "users.set_password_compromised": [a.user, (c) => c.users.setPasswordCompromised("user_1")],
  "users.unset_password_compromised": [a.user, (c) => c.users.unsetPasswordCompromised("user_1")],
  "users.disable_mfa": [{ user_id: "user_1" }, (c) => c.users.disableUserMFA("user_1")],
  "users.delete_totp": [{ user_id: "user_1" }, (c) => c.users.deleteUserTOTP("user_1")],
  "users.delete_backup_codes": [{ user_id: "user_1" }, (c) => c.users.deleteUserBackupCodes("user_1")],
  "users.delete_passkey": [
    gone("passkey", "idn_5"), (c) => c.users.deleteUserPasskey({ userId: "user_1", passkeyIdentificationId: "idn_5" }),
  ],
  "users.delete_web3_wallet": [
    gone("web3_wallet", "idn_4"), (c) => c.users.deleteUserWeb3Wallet({ userId: "user_1", web3WalletIdentificationId: "idn_4" }),
  ],
  "users.delete_external_account": [
    gone("external_account", "eac_1"), (c) => c.users.deleteUserExternalAccount({ userId: "user_1", externalAccountId: "eac_1" }),
  ],

  "organizations.get": [a.organization, (c) => c.organizations.getOrganization({ organizationId: "org_1" })],
  "organizations.get_by_slug": [a.organization, (c) => c.organizations.getOrganization({ slug: "acme" })],
  "organizations.list": [page(a.organization), (c) => c.organizations.getOrganizationList({
    query: "ac me", userId: ["user_1"], organizationId: ["org_1", "org_2"], includeMembersCount: true, orderBy: "-name",
    limit: 500, offset: 1,
  })],
  "organizations.create": [a.organization, (c) => c.organizations.createOrganization({
    name: "Acme", slug: "acme", createdBy: "user_1", maxAllowedMemberships: 0, ...metadata,
  })],
  "organizations.update": [a.organization, (c) => c.organizations.updateOrganization("org_1", {
    name: "Acme 2", slug: "acme-2", adminDeleteEnabled: false, maxAllowedMemberships: 7,
  })],
  "organizations.merge_metadata": [a.organization, (c) => c.organizations.updateOrganizationMetadata("org_1", metadata)],
  "organizations.replace_metadata": [
    a.organization, (c) => c.organizations.replaceOrganizationMetadata("org_1", { publicMetadata: {} }),
  ],
  "organizations.upload_logo": [a.organization, (c) => c.organizations.updateOrganizationLogo("org_1", {
    file: new Blob(["a picture"], { type: "image/png" }), uploaderUserId: "user_1",
  })],
  "organizations.upload_logo by nobody": [a.organization, (c) => c.organizations.updateOrganizationLogo("org_1", {
    file: new Blob(["another"], { type: "image/webp" }),
  })],
  "organizations.delete_logo": [a.organization, (c) => c.organizations.deleteOrganizationLogo("org_1")],
  "organizations.delete": [
    { ...gone("organization", "org_1"), slug: "acme" }, (c) => c.organizations.deleteOrganization("org_1"),
  ],

  "organizations.list_memberships": [page(a.membership), (c) => c.organizations.getOrganizationMembershipList({
    organizationId: "org_1", userId: ["user_1"], emailAddress: ["a@example.com"], phoneNumber: ["+1"], username: ["u"],
    web3Wallet: ["0x1"], role: ["org:admin", "org:member"], query: "q", emailAddressQuery: "e", phoneNumberQuery: "p",
    usernameQuery: "n", nameQuery: "m", lastActiveAtBefore: 4, lastActiveAtAfter: 3, createdAtBefore: 2, createdAtAfter: 1,
    orderBy: "+created_at", limit: 5, offset: 10,
  })],
  "organizations.list_instance_memberships": [
    page(a.membership), (c) => c.organizations.getInstanceOrganizationMembershipList({ orderBy: "-username", limit: 3 }),
  ],
  "organizations.create_membership": [a.membership, (c) => c.organizations.createOrganizationMembership({
    organizationId: "org_1", userId: "user_1", role: "org:member",
  })],
  "organizations.update_membership": [a.membership, (c) => c.organizations.updateOrganizationMembership({
    organizationId: "org_1", userId: "user_1", role: "org:admin",
  })],
  "organizations.merge_membership_metadata": [
    a.membership,
    (c) => c.organizations.updateOrganizationMembershipMetadata({ organizationId: "org_1", userId: "user_1", ...metadata }),
  ],
  "organizations.delete_membership": [
    a.membership, (c) => c.organizations.deleteOrganizationMembership({ organizationId: "org_1", userId: "user_1" }),
  ],

  "organizations.list_invitations": [
    page(a.organizationInvitation),
    (c) => c.organizations.getOrganizationInvitationList({ organizationId: "org_1", status: ["pending", "revoked"], limit: 2 }),
  ],
  "organizations.get_invitation": [
    a.organizationInvitation,
    (c) => c.organizations.getOrganizationInvitation({ organizationId: "org_1", invitationId: "orginv_1" }),
  ],
  "organizations.create_invitation": [
    a.organizationInvitation,
    (c) => c.organizations.createOrganizationInvitation({
      organizationId: "org_1", emailAddress: "ben@example.com", role: "org:member", inviterUserId: "user_1", expiresInDays: 3,
      redirectUrl: "https://app.example/in?x=1", ...metadata,
    }),
  ],
  "organizations.create_invitations_bulk": [
    { data: [a.organizationInvitation, a.organizationInvitation], total_count: 2 },
    (c) => c.organizations.createOrganizationInvitationBulk("org_1", [
      { emailAddress: "ben@example.com", role: "org:member" }, { emailAddress: "eve@example.com", role: "org:admin" },
    ]),
  ],
  "organizations.revoke_invitation": [
    a.organizationInvitation,
    (c) => c.organizations.revokeOrganizationInvitation({
      organizationId: "org_1", invitationId: "orginv_1", requestingUserId: "user_1",
    }),
  ],

  "organizations.list_domains": [
    page(a.organizationDomain), (c) => c.organizations.getOrganizationDomainList({ organizationId: "org_1", limit: 4, offset: 8 }),
  ],
  "organizations.create_domain": [a.organizationDomain, (c) => c.organizations.createOrganizationDomain({
    organizationId: "org_1", name: "acme.example", enrollmentMode: "automatic_invitation", verified: false,
  })],
  "organizations.update_domain": [a.organizationDomain, (c) => c.organizations.updateOrganizationDomain({
    organizationId: "org_1", domainId: "orgdmn_1", enrollmentMode: "manual_invitation", verified: true,
  })],
  "organizations.delete_domain": [
    gone("organization_domain", "orgdmn_1"),
    (c) => c.organizations.deleteOrganizationDomain({ organizationId: "org_1", domainId: "orgdmn_1" }),
  ],

  "organization_roles.list": [
    page(a.role), (c) => c.organizationRoles.getOrganizationRoleList({ query: "ed", orderBy: "-key", limit: 9 }),
  ],
  "organization_roles.get": [a.role, (c) => c.organizationRoles.getOrganizationRole("role_1")],
  "organization_roles.create": [a.role, (c) => c.organizationRoles.createOrganizationRole({
    name: "Editor", key: "org:editor", description: "Edits", permissions: ["perm_1"], includeInInitialRoleSet: true,
  })],
  "organization_roles.update": [a.role, (c) => c.organizationRoles.updateOrganizationRole({
    organizationRoleId: "role_1", name: "Editor 2", description: null, permissions: [],
  })],
  "organization_roles.delete": [gone("role", "role_1"), (c) => c.organizationRoles.deleteOrganizationRole("role_1")],
  "organization_roles.assign_permission": [
    a.role,
    (c) => c.organizationRoles.assignPermissionToOrganizationRole({ organizationRoleId: "role_1", permissionId: "perm_1" }),
  ],
  "organization_roles.remove_permission": [
    a.role,
    (c) => c.organizationRoles.removePermissionFromOrganizationRole({ organizationRoleId: "role_1", permissionId: "perm_1" }),
  ],
  "organization_permissions.list": [
    page(a.permission), (c) => c.organizationPermissions.getOrganizationPermissionList({ query: "pro", orderBy: "name", offset: 2 }),
  ],
  "organization_permissions.get": [a.permission, (c) => c.organizationPermissions.getOrganizationPermission("perm_1")],
  "organization_permissions.create": [a.permission, (c) => c.organizationPermissions.createOrganizationPermission({
    name: "Write projects", key: "org:projects:write", description: "May write",
  })],
  "organization_permissions.update": [a.permission, (c) => c.organizationPermissions.updateOrganizationPermission({
    permissionId: "perm_1", name: "Write",
  })],
  "organization_permissions.delete": [
    gone("permission", "perm_1"), (c) => c.organizationPermissions.deleteOrganizationPermission("perm_1"),
  ],

  "sessions.get": [a.session, (c) => c.sessions.getSession("sess_1")],
  "sessions.list": [page(a.session), (c) => c.sessions.getSessionList({
    clientId: "client_1", userId: "user_1", status: "active", limit: 3, offset: 6,
  })],
  "sessions.create": [a.session, (c) => c.sessions.createSession({ userId: "user_1", activeOrganizationId: "org_1" })],
  "sessions.revoke": [a.session, (c) => c.sessions.revokeSession("sess_1")],
  "sessions.token": [a.token, (c) => c.sessions.getToken("sess_1")],
  "sessions.token for a time": [a.token, (c) => c.sessions.getToken("sess_1", undefined, 30)],
  "sessions.token_from_template": [a.token, (c) => c.sessions.getToken("sess_1", "hasura", 0)],
  "sessions.refresh": [a.cookies, (c) => c.sessions.refreshSession("sess_1", { ...refresh, suffixed_cookies: true })],
  "sessions.refresh with plain names": [
    a.cookies, (c) => c.sessions.refreshSession("sess_1", { ...refresh, suffixed_cookies: false }),
  ],

  "clients.get": [a.client, (c) => c.clients.getClient("client_1")],
  "clients.list": [page(a.client), (c) => c.clients.getClientList({ limit: 2, offset: 4 })],
  "clients.verify": [a.client, (c) => c.clients.verifyClient("e30.e30.e30")],
  "clients.handshake_payload": [
    { directives: ["a=1; Path=/"] }, (c) => c.clients.getHandshakePayload({ nonce: "n+1 2" }),
  ],

  "invitations.list": [page(a.invitation), (c) => c.invitations.getInvitationList({
    status: "pending", query: "ben", orderBy: "-expires_at", limit: 4,
  })],
  "invitations.create": [a.invitation, (c) => c.invitations.createInvitation({
    emailAddress: "ben@example.com", publicMetadata: { a: null }, redirectUrl: "https://app.example", notify: false,
    ignoreExisting: true, expiresInDays: 2, templateSlug: "invitation",
  })],
  "invitations.create_bulk": [[a.invitation, a.invitation], (c) => c.invitations.createInvitationBulk([
    { emailAddress: "ben@example.com" }, { emailAddress: "eve@example.com", notify: true },
  ])],
  "invitations.revoke": [a.invitation, (c) => c.invitations.revokeInvitation("inv_1")],

  "domains.list": [page(a.domain), (c) => c.domains.list()],
  "domains.create": [a.domain, (c) => c.domains.add({
    name: "acme.example", is_satellite: true, proxy_url: "https://acme.example/__clerk",
  })],
  "domains.update": [a.domain, (c) => c.domains.update({
    domainId: "dmn_1", name: "acme2.example", proxy_url: null, is_secondary: true,
  })],
  "domains.delete": [gone("domain", "dmn_1"), (c) => c.domains.deleteDomain("dmn_1")],

  "enterprise_connections.list": [
    page(a.connection),
    (c) => c.enterpriseConnections.getEnterpriseConnectionList({ organizationId: "org_1", active: true, limit: 2 }),
  ],
  "enterprise_connections.list inactive": [
    page(), (c) => c.enterpriseConnections.getEnterpriseConnectionList({ active: false }),
  ],
  "enterprise_connections.get": [a.connection, (c) => c.enterpriseConnections.getEnterpriseConnection("ent_1")],
  "enterprise_connections.create": [a.connection, (c) => c.enterpriseConnections.createEnterpriseConnection({
    name: "Corp", provider: "saml_okta", domains: ["corp.example"], organizationId: "org_1", active: true,
    syncUserAttributes: false, allowOrganizationAccountLinking: true, authenticatable: true, disableJitProvisioning: false,
    customAttributes: [{ name: "Team", key: "team", ssoPath: "team", scimPath: "urn:team", multiValued: true }], saml, oidc,
  })],
  "enterprise_connections.update": [a.connection, (c) => c.enterpriseConnections.updateEnterpriseConnection("ent_1", {
    name: "Corp 2", active: false, disableAdditionalIdentifications: true, customAttributes: [], oidc,
  })],
  "enterprise_connections.delete": [
    gone("enterprise_connection", "ent_1"), (c) => c.enterpriseConnections.deleteEnterpriseConnection("ent_1"),
  ],

  "machines.get": [a.machine, (c) => c.machines.get("mch_1")],
  "machines.list": [page(a.machine), (c) => c.machines.list({ query: "one", orderBy: "-name", limit: 2, offset: 3 })],
  "machines.create": [
    a.newMachine, (c) => c.machines.create({ name: "one", scopedMachines: ["mch_2"], defaultTokenTtl: 3600 }),
  ],
  "machines.update": [a.machine, (c) => c.machines.update({ machineId: "mch_1", name: "uno", defaultTokenTtl: 60 })],
  "machines.delete": [gone("machine", "mch_1"), (c) => c.machines.delete("mch_1")],
  "machines.secret_key": [a.machineKey, (c) => c.machines.getSecretKey("mch_1")],
  "machines.rotate_secret_key": [
    a.machineKey, (c) => c.machines.rotateSecretKey({ machineId: "mch_1", previousTokenTtl: 0 }),
  ],
  "machines.create_scope": [a.scope, (c) => c.machines.createScope("mch_1", "mch_2")],
  "machines.delete_scope": [a.goneScope, (c) => c.machines.deleteScope("mch_1", "mch_2")],

  "m2m_tokens.create": [a.m2mToken, (c) => c.m2m.createToken({
    machineSecretKey: "ak_other", secondsUntilExpiration: 60, claims: { teamId: 1 }, minRemainingTtlSeconds: 5, tokenFormat: "jwt",
  })],
  "m2m_tokens.create without parameters": [a.m2mToken, (c) => c.m2m.createToken()],
  "m2m_tokens.list": [
    { m2m_tokens: [a.m2mToken], total_count: 41 }, (c) => c.m2m.list({ subject: "mch_1", revoked: true, limit: 2, offset: 2 }),
  ],
  "m2m_tokens.list of those that are not expired": [
    { m2m_tokens: [], total_count: 0 }, (c) => c.m2m.list({ subject: "mch_1", expired: false }),
  ],
  "m2m_tokens.revoke": [
    a.m2mToken, (c) => c.m2m.revokeToken({ m2mTokenId: "mt_1", revocationReason: "lost", machineSecretKey: "ak_other" }),
  ],
  "m2m_tokens.verify": [a.m2mToken, (c) => c.m2m.verify({ token: "mt_secret" })],

  "api_keys.list": [
    page(a.apiKey), (c) => c.apiKeys.list({ subject: "user_1", includeInvalid: true, query: "C I", limit: 2, offset: 2 }),
  ],
  "api_keys.create": [a.apiKey, (c) => c.apiKeys.create({
    name: "CI", subject: "user_1", description: "for builds", claims: { teamId: 1 }, scopes: ["read"], createdBy: "user_1",
    secondsUntilExpiration: 60,
  })],
  "api_keys.get": [a.apiKey, (c) => c.apiKeys.get("ak_1")],
  "api_keys.update": [a.apiKey, (c) => c.apiKeys.update({
    apiKeyId: "ak_1", subject: "user_1", description: null, claims: { teamId: 2 }, scopes: [],
  })],
  "api_keys.secret": [{ secret: "ak_secret" }, (c) => c.apiKeys.getSecret("ak_1")],
  "api_keys.revoke": [a.apiKey, (c) => c.apiKeys.revoke({ apiKeyId: "ak_1" })],
  "api_keys.delete": [gone("api_key", "ak_1"), (c) => c.apiKeys.delete("ak_1")],
  "api_keys.verify": [a.apiKey, (c) => c.apiKeys.verify("ak_secret")],

  "oauth_applications.verify_access_token": [a.accessToken, (c) => c.idPOAuthAccessToken.verify("oat_secret")],
  "sign_in_tokens.create": [
    a.signInToken, (c) => c.signInTokens.createSignInToken({ userId: "user_1", orgId: "org_1", expiresInSeconds: 60 }),
  ],
  "sign_in_tokens.revoke": [a.signInToken, (c) => c.signInTokens.revokeSignInToken("sit_1")],
  "actor_tokens.create": [a.actorToken, (c) => c.actorTokens.create({
    userId: "user_1", actor: { sub: "user_2" }, expiresInSeconds: 60, sessionMaxDurationInSeconds: 30,
  })],
  "actor_tokens.revoke": [a.actorToken, (c) => c.actorTokens.revoke("act_1")],
  "testing_tokens.create": [a.testingToken, (c) => c.testingTokens.createTestingToken()],
  "jwks": [a.jwks, (c) => c.jwks.getJwks()],
};
