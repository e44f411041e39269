# The frame around every page: headers, menus, footer.

language-name = English
language-label = Language

site-description = Projects for every organization you work with, and for nobody else.
footer-line = Tenantry — a multi-tenant application in Rust

skip-to-content = Skip to content
sign-in = Sign in
get-started = Get started
open-app = Open app
home = Home

organization-menu-label = Organizations
organization-menu-current = Organization:
organization-menu-all = All organizations and invitations
organization-create = Create organization

account = Account
account-download = Download my data
account-sign-out = Sign out

theme-label = Theme
theme-system = System theme
theme-light = Light theme
theme-dark = Dark theme

navigation-label = Sections
breadcrumbs-label = You are here
theme-contrast = High contrast
members-title = Members
my-tasks-title = My tasks
search-title = Search
settings-title = Settings

role-admin = Admin
role-member = Member
role-guest = Guest
# $role (String) - what the person is there
# $organization (String) - the organization's name
role-in-organization = { $role } of { $organization }

field-optional = (optional)
pages-label = Pages
pages-first = First
pages-next = Next
pages-newest = Newest
pages-older = Older
cancel = Cancel
undo = Undo
