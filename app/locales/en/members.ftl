# /app/{slug}/members

members-role = Role
members-change-role = Change role

members-invite = Invite
    .email = Email address
    .placeholder = Email addresses
    .hint = Several with commas, spaces or lines between.
members-invited = Pending invitations
    .none = Nobody is invited at the moment.
    .unknown = Invitations can’t be shown right now, and members can’t be changed: the service that keeps them does not answer.
members-resend = Resend
members-revoke = Revoke
# Only heard, after the words on the two buttons above.
# $email (String)
members-invitation-of = the invitation of { $email }

members-search = Search
    .text = Name or email address
    .placeholder = Search members
    .role = Members with the role
    .all-roles = All roles
    .show-all = Show all
members-find = Find a member
    .placeholder = Name or email address
    .submit = Find
# $count (Number) - how many can be chosen without looking for them
members-find-some = The first { $count } are in the list. A part of the name finds the others.
members-none = Nobody here is called that.

# $name (String)
members-actions = Actions for { $name }
members-remove-ask = Remove…
# $name (String)
members-remove-question = Remove “{ $name }”?
members-remove-this = Remove this member?
members-remove-consequence = They lose access at once. What they made stays.
members-remove = Remove member

people-title = People
# $count (Number)
people-count = { $count ->
    [0] Nobody by this name
    [one] { $count } person
   *[other] { $count } people
}
