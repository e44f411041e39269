# /user und die Seiten darunter.

user-title = Konto
user-navigation = Ihr Konto
user-preferences = Vorlieben
user-data = Meine Daten

density-label = Dichte
density-comfortable = Luftig
density-compact = Kompakt
time-zone-label = Zeitzone
time-zone-hint = Danach richten sich Uhrzeiten, Daten und was „heute“ ist.
preferences-about = Sie gelten auf allen Ihren Geräten. Die Sprache wird im Menü umgeschaltet.
preferences-save = Speichern

user-export = Mitnehmen
    .about = Alles, was hier Ihren Namen trägt, als Archiv von JSON-Dateien.
user-delete = Mein Konto löschen
    .about = Sie werden überall abgemeldet und verlassen jede Organisation. Was Sie dort angelegt haben, bleibt dort, ohne Namen. Das lässt sich nicht rückgängig machen.
    .alone = Von diesen Organisationen sind Sie der einzige Admin. Übergeben oder löschen Sie zuerst jede in ihren Einstellungen:
    .submit = Mein Konto löschen
user-delete-confirm = Geben Sie zur Bestätigung { $what } ein
