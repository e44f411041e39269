# What others do, as it happens.

live-here-now = Here now
live-also-here = Also here
live-online = online
live-away = away
# $count (Number)
live-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
# $name (String)
live-typing = { $name } is writing a comment…
# $count (Number)
live-typing-several = { $count } people are writing comments…
live-updated = Somebody changed something on this page. It is up to date now.
live-ended = You no longer have access
live-ended-message = You were removed from this organization, or it was deleted.
live-ended-on = Leave this page
live-signed-out = You are signed out
live-signed-out-message = Your session has ended. Copy what you have not sent yet, then sign in again.
live-signed-out-on = Sign in again
