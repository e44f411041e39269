# /user and the pages below it.

user-title = Account
user-navigation = Your account
user-preferences = Preferences
user-data = My data

density-label = Density
density-comfortable = Comfortable
density-compact = Compact
time-zone-label = Time zone
time-zone-hint = Times, dates and what “today” is go by it.
preferences-about = These follow you to every device. The language is switched in the menu.
preferences-save = Save

user-export = Take it along
    .about = Everything that bears your name here, as an archive of JSON files.
user-delete = Delete my account
    .about = You are signed out everywhere and leave every organization. What you made there stays with them, under no name. This cannot be undone.
    .alone = You are the only admin of these organizations. Hand each over, or delete it, in its settings first:
    .submit = Delete my account
# $what (String) - the person's email address
user-delete-confirm = Type { $what } to confirm
