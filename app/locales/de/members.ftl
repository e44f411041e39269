# /app/{slug}/members

members-role = Rolle
members-change-role = Rolle ändern

members-invite = Einladen
    .email = E-Mail-Adresse
    .placeholder = E-Mail-Adressen
    .hint = Mehrere durch Komma, Leerzeichen oder Zeilenumbruch getrennt.
members-invited = Offene Einladungen
    .none = Zurzeit ist niemand eingeladen.
    .unknown = Einladungen können gerade nicht gezeigt und Mitglieder nicht geändert werden: Der Dienst, der sie verwaltet, antwortet nicht.
members-resend = Erneut senden
members-revoke = Zurückziehen
members-invitation-of = – Einladung an { $email }

members-search = Suchen
    .text = Name oder E-Mail-Adresse
    .placeholder = Mitglieder suchen
    .role = Mitglieder mit der Rolle
    .all-roles = Alle Rollen
    .show-all = Alle zeigen
members-find = Mitglied suchen
    .placeholder = Name oder E-Mail-Adresse
    .submit = Suchen
members-find-some = Die ersten { $count } stehen in der Liste. Ein Teil des Namens findet die anderen.
members-none = Hier heißt niemand so.

members-actions = Aktionen für { $name }
members-remove-ask = Entfernen …
members-remove-question = „{ $name }“ entfernen?
members-remove-this = Dieses Mitglied entfernen?
members-remove-consequence = Der Zugang endet sofort. Was diese Person angelegt hat, bleibt.
members-remove = Mitglied entfernen

people-title = Personen
people-count = { $count ->
    [0] Niemand mit diesem Namen
    [one] { $count } Person
   *[other] { $count } Personen
}
