# Was gerade gelungen ist.

notice-project-created = Projekt angelegt.
notice-project-renamed = Projekt umbenannt.
notice-project-archived = Projekt archiviert. Sie finden es unter „Archiviert“.
notice-project-restored = Projekt zurückgeholt. Sie finden es unter „Aktiv“.
notice-project-deleted = Projekt gelöscht.
notice-organization-created = Organisation angelegt. Sie sind ihr Admin.
notice-member-invited = Einladung verschickt.
notice-members-invited = Einladungen verschickt.
notice-invitation-resent = Neue Einladung verschickt. Die vorige gilt nicht mehr.
notice-invitation-accepted = Einladung angenommen. Willkommen.
notice-invitation-revoked = Einladung zurückgezogen.
notice-role-changed = Rolle geändert.
notice-member-removed = Mitglied entfernt.
notice-organization-renamed = Gespeichert.
notice-organization-transferred = Übergeben. Sie sind jetzt Mitglied.
notice-organization-left = Sie haben die Organisation verlassen.
notice-organization-deleted = Organisation gelöscht. Ihre Admins können sie unten noch eine Weile zurückholen.
notice-organization-restored = Organisation wiederhergestellt.
notice-task-created = Aufgabe angelegt.
notice-task-moved = Aufgabe verschoben.
notice-task-changed = Gespeichert.
notice-task-deleted = Aufgabe gelöscht.
notice-comment-added = Kommentar hinzugefügt.
notice-comment-edited = Kommentar gespeichert.
notice-comment-deleted = Kommentar gelöscht.
