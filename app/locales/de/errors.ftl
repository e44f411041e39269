# Was schiefging und was zu tun ist.

error-interrupted = Nichts wurde geändert. Kopieren Sie, was Sie geschrieben hatten, bevor Sie diese Seite verlassen:
error-open-app = Die Anwendung in einem neuen Tab öffnen
error-try-again = Noch einmal versuchen
error-go-home = Zu Ihrer Organisation

error-signed-out = Sie sind abgemeldet
    .message = Ihre Sitzung endete, bevor dies bei uns ankam. Melden Sie sich an und senden Sie es noch einmal.
error-no-active-organization = Organisation wählen
    .message = Keine Organisation ist aktiv. Wählen Sie eine und versuchen Sie es noch einmal.
error-not-found = Seite nicht gefunden
    .message = Unter dieser Adresse gibt es nichts, oder Sie haben keinen Zugang dazu.
error-organization-switched = Eine andere Organisation ist aktiv
    .message = Sie hatten zu einer anderen Organisation gewechselt; darum wurde nichts geändert. Prüfen Sie, ob dies die richtige ist, und senden Sie es noch einmal.
error-forbidden = Nicht erlaubt
    .message = Ihre Rolle in dieser Organisation erlaubt das nicht. Fragen Sie jemanden aus dem Kreis der Admins.
error-above-oneself = Nicht erlaubt
    .message = Diese Rolle darf mehr als Ihre; Sie können sie weder vergeben noch ändern. Fragen Sie jemanden aus dem Kreis der Admins.
error-last-admin = Der letzte Admin bleibt
    .message = Eine Organisation braucht einen Admin. Geben Sie zuerst jemand anderem diese Rolle.
error-conflict = Jemand war schneller
    .message = Jemand anders hat das inzwischen geändert, deshalb wurde nichts geändert. Sehen Sie nach, was jetzt da steht, und versuchen Sie es noch einmal.
error-too-often = Zu viel auf einmal
    .message = Das kam öfter, als jemand es braucht. Warten Sie eine Minute und versuchen Sie es dann wieder.
error-no-place-left = Kein Platz mehr
    .message = Die Organisation hat so viele Mitglieder, wie sie haben darf. Bitten Sie jemanden aus dem Kreis ihrer Admins, Platz zu schaffen.
error-limit-reached = Mehr geht nicht
    .message = Davon gibt es so viele, wie es geben darf. Nehmen Sie zuerst eines weg.
error-invalid = Prüfen Sie Ihre Eingabe
error-bad-request = Diese Anfrage ergab keinen Sinn
    .message = Im Formular fehlte etwas. Laden Sie die Seite neu und versuchen Sie es noch einmal.
error-unavailable = Vorübergehend nicht erreichbar
    .message = Ein Teil des Dienstes ist nicht erreichbar. Ihre Daten sind sicher; nichts wurde geändert. Versuchen Sie es in einer Minute noch einmal.
error-clerk-unavailable = Vorübergehend nicht erreichbar
    .message = Der Dienst, der Personen und Organisationen verwaltet, antwortet nicht; darum geht dies gerade nicht. Alles andere geht weiter. Versuchen Sie es in einer Minute noch einmal.
error-internal = Bei uns ist etwas kaputtgegangen
    .message = Ihre Daten sind sicher, und der Fehler steht in unserem Protokoll. Versuchen Sie es in einer Minute noch einmal.

problem-empty = { $field ->
    [email] Geben Sie eine E-Mail-Adresse ein.
    [slug] Geben Sie ein Kürzel ein.
    [role] Geben Sie eine Rolle an.
    [title] Geben Sie einen Titel ein.
    [description] Geben Sie eine Beschreibung ein.
    [date] Geben Sie ein Datum ein.
    [text] Geben Sie einen Text ein.
    [comment] Geben Sie einen Kommentar ein.
    [logo] Wählen Sie eine Datei.
   *[name] Geben Sie einen Namen ein.
}
problem-too-long = Höchstens { $max } Zeichen.
problem-too-large = Die Datei darf höchstens { $megabytes } MB haben.
problem-control-character = { $field ->
    [email] Eine E-Mail-Adresse ist eine Zeile: Entfernen Sie Zeilenumbruch oder Steuerzeichen.
    [slug] Ein Kürzel ist eine Zeile: Entfernen Sie Zeilenumbruch oder Steuerzeichen.
    [role] Eine Rolle ist eine Zeile: Entfernen Sie Zeilenumbruch oder Steuerzeichen.
    [title] Ein Titel ist eine Zeile: Nehmen Sie den Zeilenumbruch oder das Steuerzeichen heraus.
    [text] Ein Text ist hier eine Zeile: Nehmen Sie den Zeilenumbruch oder das Steuerzeichen heraus.
    [date] Ein Datum ist eine Zeile: Nehmen Sie den Zeilenumbruch oder das Steuerzeichen heraus.
    [description] In der Beschreibung steht ein Steuerzeichen. Nehmen Sie es heraus.
    [comment] In dem Kommentar steht ein Steuerzeichen. Nehmen Sie es heraus.
   *[name] Ein Name ist eine Zeile: Entfernen Sie Zeilenumbruch oder Steuerzeichen.
}
problem-taken = { $field ->
    [email] Diese E-Mail-Adresse ist vergeben. Versuchen Sie eine andere.
    [slug] Dieses Kürzel ist vergeben. Versuchen Sie ein anderes.
   *[name] Dieser Name ist vergeben. Versuchen Sie einen anderen.
}
problem-malformed = { $field ->
    [slug] Nur Kleinbuchstaben, Ziffern und Bindestriche.
    [email] Geben Sie eine ganze E-Mail-Adresse ein, etwa ada@example.com.
    [role] Diese Rolle hat Zeichen, die nicht erlaubt sind.
    [date] Geben Sie einen Tag des Kalenders ein, wie 2026-11-22.
    [title] In diesem Titel stehen Zeichen, die nicht erlaubt sind.
    [description] In dieser Beschreibung stehen Zeichen, die nicht erlaubt sind.
    [text] In diesem Text stehen Zeichen, die nicht erlaubt sind.
    [comment] In diesem Kommentar stehen Zeichen, die nicht erlaubt sind.
    [logo] Diese Datei ist kein Bild vom Typ PNG, JPEG, GIF oder WebP.
   *[name] Dieser Name hat Zeichen, die nicht erlaubt sind.
}
problem-mismatch = { $field ->
    [slug] Geben Sie das Kürzel genau so ein, wie es ist.
    [email] Geben Sie die Adresse genau so ein, wie sie ist.
    [second_factor] Sie haben in dieser Sitzung keinen zweiten Faktor gezeigt. Richten Sie zuerst in Ihrem Konto die Bestätigung in zwei Schritten ein und melden Sie sich damit an.
    [hours] Ihre eigene Anmeldung ist älter. Melden Sie sich zuerst neu an.
   *[name] Geben Sie den Namen genau so ein, wie er ist.
}
problem-unknown = { $field ->
    [time_zone] Diese Zeitzone gibt es nicht. Wählen Sie eine andere.
    [role] Diese Rolle gibt es nicht. Wählen Sie eine andere.
   *[other] Das gibt es nicht. Wählen Sie etwas anderes.
}
problem-invited = Diese Person ist schon eingeladen.
problem-member = Diese Person ist schon Mitglied.
problem-no-place-left = Die Organisation hat so viele Mitglieder, wie sie haben darf. Entfernen Sie zuerst jemanden.
problem-too-many = Höchstens { $max } auf einmal.
problem-some-refused = { $invited } eingeladen, { $refused } nicht. Diese stehen noch hier:
error-second-factor = Bestätigung in zwei Schritten nötig
    .message = Diese Organisation öffnet sich nur nach einer Bestätigung in zwei Schritten. Richten Sie sie in Ihrem Konto ein; dann melden Sie sich ab und neu an.
error-sign-in-too-old = Bitte melden Sie sich neu an
error-sign-in-too-old-message = In dieser Organisation gilt eine Anmeldung { $hours ->
    [one] { $hours } Stunde
   *[other] { $hours } Stunden
} lang. Melden Sie sich ab und neu an.
error-set-up-second-factor = Mein Konto öffnen

offline-title = Sie sind offline
    .text = Diese Seite ist nicht zu erreichen. Prüfen Sie Ihre Verbindung; was Sie getippt haben, steht noch da, wenn Sie zurückgehen.
offline-waits = Sobald es wieder eine Verbindung gibt, erscheint die Seite von selbst.
