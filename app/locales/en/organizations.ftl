# /select-organization

organizations-welcome = Welcome to Tenantry
    .text = You are not in an organization yet. Create one, or ask a colleague to add you to theirs.
organizations-choose = Choose an organization
    .text = Each has projects and people of its own.
organizations-yours = Your organizations
organizations-deleted = Deleted organizations
organizations-gone = Gone for good
organizations-restore = Restore
organizations-create = Create an organization
    .name = Name
    .placeholder = Acme Inc.
    .slug = Slug
    .hint = Stands in the address: /app/slug. Made from the name if you leave it empty.
    .submit = Create organization

invitations-title = Invitations
invitations-unknown = Invitations can’t be shown right now: the service that keeps them does not answer.
invitations-since = Invited
invitations-accept = Accept
