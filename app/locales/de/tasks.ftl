# Was mehrere Seiten über Aufgaben sagen.

status-backlog = Backlog
status-todo = Zu erledigen
status-in-progress = In Arbeit
status-done = Erledigt
status-canceled = Abgebrochen

tasks-title = Titel
tasks-status = Status
tasks-assignee = Zuständig
tasks-nobody = Niemand
tasks-former-member = Ehemaliges Mitglied
tasks-due = Fällig
tasks-overdue = Überfällig
tasks-today = Heute
tasks-this-week = Diese Woche
tasks-later = Später
tasks-no-date = Ohne Datum
tasks-nothing = Nichts zu tun
    .project = Hier stehen die offenen Aufgaben dieses Projekts.
    .mine = Hier stehen offene Aufgaben, die Ihnen zugewiesen sind, aus allen Projekten.

tasks-assigned-to = Zuständig:
tasks-due-on = { $late ->
    [true] Überfällig:
   *[false] Fällig am
} { $day }
tasks-checklist = Checkliste:
tasks-done = { $done }/{ $total } erledigt
tasks-comments = { $count ->
    [one] { $count } Kommentar
   *[other] { $count } Kommentare
}
