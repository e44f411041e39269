# Startseite, Anmelden und Registrieren.

landing-title = Projekte, sauber getrennt
landing-headline = Ein Zuhause für jede Organisation, mit der Sie arbeiten.
landing-lead = Tenantry hält die Projekte jeder Organisation in einem eigenen Raum. Sie wechseln mit einem Klick; nichts geht je über den Flur.
landing-reasons = Warum Tenantry
landing-apart = Getrennt, nachweislich
    .text = Die Zeilen einer Organisation liest nur, wessen Mitgliedschaft in derselben Anfrage geprüft wurde, und die Datenbank selbst stimmt zu.
landing-clerk = Anmelden mit Clerk
    .text = Konten, Sitzungen, Organisationen und Rollen kommen von Clerk, beim Entwickeln von einer lokalen Instanz, die kein Konto braucht.
landing-fast = Schnell, und gut auch ohne Skripte
    .text = Seiten kommen fertig vom Server. Links sind Links, Formulare sind Formulare; ein paar kleine Inseln aus WebAssembly sorgen für Manieren.
landing-picture-title = Acme / Projekte
landing-picture-relaunch = Neue Website
landing-picture-emails = Willkommens-Mails
landing-picture-pricing = Preisversuch
landing-picture-export = Datenexport
landing-picture-today = Heute
landing-picture-yesterday = Gestern
landing-picture-monday = Montag
landing-picture-last-week = Letzte Woche

sign-up-title = Konto anlegen
clerk-loading = Das Formular wird geladen
clerk-failed = Das Formular konnte nicht geladen werden
    .text = Prüfen Sie Ihre Verbindung und laden Sie die Seite neu, oder nehmen Sie die Seite, die kein JavaScript braucht:
    .link = ohne JavaScript weiter
clerk-no-script = Das Formular hier braucht JavaScript. Es gibt eines ohne:
clerk-portal = Ohne JavaScript anmelden
clerk-portal-account = Ohne JavaScript fortfahren
clerk-ask = Öffnen:
