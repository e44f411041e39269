# /app/{slug}/settings

settings-rename = Name und Adresse
    .name = Name
    .slug = Kürzel
    .hint = Steht in der Adresse: /app/kürzel. Links mit dem alten führen Mitglieder weiterhin hierher.
    .submit = Speichern

settings-logo = Logo
    .file = Neues Logo
    .submit = Hochladen
    .remove = Logo entfernen
settings-logo-now = Das Logo von { $name }
settings-logo-hint = Ein Bild vom Typ PNG, JPEG, GIF oder WebP mit höchstens { $megabytes } MB. Am besten passt ein quadratisches.

settings-transfer = Übergeben
    .text = Jemand anders wird Admin, und Sie werden Mitglied.
    .nobody = Außer Ihnen ist niemand in dieser Organisation.
    .to = Neuer Admin
    .submit = Übergeben

settings-leave = Verlassen
    .text = Ihr Zugang endet sofort. Was Sie angelegt haben, bleibt.
    .ask = Organisation verlassen …
settings-leave-named = { $name } verlassen

settings-delete = Löschen
    .confirm = Geben Sie den Namen der Organisation ein
    .submit = Organisation löschen
settings-delete-consequence = Niemand kann „{ $name }“ mehr öffnen. { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
} lang können ihre Admins sie zurückholen; dann ist sie endgültig weg, mit allem, was darin ist.

security = Sicherheit der Anmeldung
    .about = Was Mitglieder gezeigt haben müssen, bevor sie diese Organisation öffnen. Es gilt sofort und für alle.
    .second-factor = Bestätigung in zwei Schritten verlangen
    .hours = Neu anmelden nach
    .never = Solange die Sitzung dauert
    .save = Anwenden
security-hours-choice = { $hours ->
    [one] { $hours } Stunde
   *[other] { $hours } Stunden
}
security-days-choice = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tagen
}
