# What went wrong, and what to do. `field` is the key of a form field (see `Field` in error.rs).

error-interrupted = Nothing was changed. Copy what you had written before you leave this page:
error-open-app = Open the app in a new tab
error-try-again = Try again
error-go-home = Your organization

error-signed-out = You are signed out
    .message = Your session ended before this reached us. Sign in and send it again.
error-no-active-organization = Choose an organization
    .message = No organization is active. Choose one, then try again.
error-not-found = Page not found
    .message = There is nothing at this address, or you do not have access to it.
error-organization-switched = Another organization is active
    .message = You had switched to another organization, so nothing was changed. Check that this is the right one and send it again.
error-forbidden = Not allowed
    .message = Your role in this organization does not allow that. Ask one of its admins.
error-above-oneself = Not allowed
    .message = That role can do more than yours, so it is not yours to give or to change. Ask one of the admins.
error-last-admin = The last admin stays
    .message = An organization needs an admin. Make somebody else one first.
error-conflict = Somebody was faster
    .message = Somebody else changed this meanwhile, so nothing was changed. Look at what is there now, then try again.
error-too-often = Too much at once
    .message = This came more often than anybody needs it. Wait a minute, then try again.
error-no-place-left = No place left
    .message = The organization has as many members as it may have. Ask one of its admins to make room.
error-limit-reached = That is as many as there may be
    .message = There are as many of these as there may be. Take one away first.
error-invalid = Check what you entered
error-bad-request = That request made no sense
    .message = Something was missing from the form. Reload the page and try again.
error-unavailable = Temporarily unavailable
    .message = We could not reach a part of the service. Your data is safe; nothing was changed. Try again in a minute.
error-clerk-unavailable = Temporarily unavailable
    .message = The service that keeps people and organizations does not answer, so this cannot be done now. Everything else keeps working. Try again in a minute.
error-internal = Something broke on our side
    .message = Your data is safe and the fault is in our log. Try again in a minute.

# $field (String)
problem-empty = { $field ->
    [email] Enter an email address.
    [slug] Enter a slug.
    [role] Enter a role.
    [title] Enter a title.
    [description] Enter a description.
    [date] Enter a date.
    [text] Enter a text.
    [comment] Enter a comment.
    [logo] Choose a file.
   *[name] Enter a name.
}
# $max (Number)
problem-too-long = Use { $max ->
    [one] { $max } character only.
   *[other] { $max } characters or fewer.
}
# $megabytes (Number)
problem-too-large = Use a file of { $megabytes } MB or less.
# $field (String)
problem-control-character = { $field ->
    [email] An email address is one line: take out the line break or control character.
    [slug] A slug is one line: take out the line break or control character.
    [role] A role is one line: take out the line break or control character.
    [title] A title is one line: take out the line break or control character.
    [text] A text is one line: take out the line break or control character.
    [date] A date is one line: take out the line break or control character.
    [description] The description has a control character in it. Take it out.
    [comment] The comment has a control character in it. Take it out.
   *[name] A name is one line: take out the line break or control character.
}
# $field (String)
problem-taken = { $field ->
    [email] That email address is taken. Try another one.
    [slug] That slug is taken. Try another one.
   *[name] That name is taken. Try another one.
}
# $field (String)
problem-malformed = { $field ->
    [slug] Use lowercase letters, digits and hyphens only.
    [email] Enter a whole email address, as in ada@example.com.
    [role] That role has characters that are not allowed.
    [date] Enter a day of the calendar, as in 2026-11-22.
    [title] That title has characters that are not allowed.
    [description] That description has characters that are not allowed.
    [text] That text has characters that are not allowed.
    [comment] That comment has characters that are not allowed.
    [logo] That file is not a PNG, JPEG, GIF or WebP picture.
   *[name] That name has characters that are not allowed.
}
# $field (String)
problem-mismatch = { $field ->
    [slug] Type the slug exactly as it is.
    [email] Type the address exactly as it is.
    [second_factor] You have not shown a second factor in this session. Set up two-step verification in your account and sign in with it first.
    [hours] Your own sign-in is older than that. Sign in again first.
   *[name] Type the name exactly as it is.
}
# $field (String)
problem-unknown = { $field ->
    [time_zone] There is no such time zone. Choose another one.
    [role] There is no such role. Choose another one.
   *[other] There is no such thing. Choose another one.
}
problem-invited = That person is invited already.
problem-member = That person is a member already.
problem-no-place-left = The organization has as many members as it may have. Remove somebody first.
# $max (Number)
problem-too-many = Use { $max } or fewer at once.
# $invited (Number)
# $refused (Number)
problem-some-refused = { $invited } invited, { $refused } not. Those are still here:
error-second-factor = Two-step verification needed
    .message = This organization can be opened only with two-step verification. Set it up in your account, then sign out and in again.
error-sign-in-too-old = Please sign in again
# $hours (Number)
error-sign-in-too-old-message = In this organization a sign-in is good for { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}. Sign out, then in again.
error-set-up-second-factor = Open my account

offline-title = You are offline
    .text = This page can’t be reached. Check your connection; what you had typed is still there when you go back.
offline-waits = As soon as there is a connection again, the page appears by itself.
