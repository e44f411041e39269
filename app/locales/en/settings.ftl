# /app/{slug}/settings

settings-rename = Name and address
    .name = Name
    .slug = Slug
    .hint = Stands in the address: /app/slug. Links with the old one lead members here.
    .submit = Save

settings-logo = Logo
    .file = New logo
    .submit = Upload
    .remove = Remove logo
# $name (String) - the organization's
settings-logo-now = The logo of { $name }
# $megabytes (Number)
settings-logo-hint = A PNG, JPEG, GIF or WebP picture of { $megabytes } MB or less. A square one fits best.

settings-transfer = Transfer
    .text = Somebody else becomes an admin, and you become a member.
    .nobody = There is nobody else in this organization.
    .to = New admin
    .submit = Transfer

settings-leave = Leave
    .text = You lose access at once. What you made stays.
    .ask = Leave organization…
# $name (String) - the organization's
settings-leave-named = Leave { $name }

settings-delete = Delete
    .confirm = Type the organization’s name
    .submit = Delete organization
# $name (String) - the organization's
# $days (Number)
settings-delete-consequence = Nobody can open “{ $name }” any more. For { $days ->
    [one] { $days } day
   *[other] { $days } days
} its admins can bring it back; then it is gone for good, with everything in it.

security = Sign-in security
    .about = What members must have shown before they open this organization. It holds at once, for everybody.
    .second-factor = Require two-step verification
    .hours = Sign in again after
    .never = As long as the session lasts
    .save = Apply
# $hours (Number)
security-hours-choice = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
# $days (Number)
security-days-choice = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
