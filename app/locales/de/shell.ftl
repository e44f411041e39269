# Der Rahmen jeder Seite: Kopf, Menüs, Fuß.

language-name = Deutsch
language-label = Sprache

site-description = Projekte für jede Organisation, mit der Sie arbeiten, und für niemanden sonst.
footer-line = Tenantry – eine mandantenfähige Anwendung in Rust

skip-to-content = Zum Inhalt springen
sign-in = Anmelden
get-started = Loslegen
open-app = Zur Anwendung
home = Startseite

organization-menu-label = Organisationen
organization-menu-current = Organisation:
organization-menu-all = Alle Organisationen und Einladungen
organization-create = Organisation anlegen

account = Konto
account-download = Meine Daten herunterladen
account-sign-out = Abmelden

theme-label = Farbschema
theme-system = Farben des Systems
theme-light = Helle Farben
theme-dark = Dunkle Farben

navigation-label = Bereiche
breadcrumbs-label = Sie sind hier
theme-contrast = Hoher Kontrast
members-title = Mitglieder
my-tasks-title = Meine Aufgaben
search-title = Suche
settings-title = Einstellungen

role-admin = Admin
role-member = Mitglied
role-guest = Gast
role-in-organization = { $role } bei { $organization }

field-optional = (freiwillig)
pages-label = Seiten
pages-first = Erste
pages-next = Nächste
pages-newest = Neueste
pages-older = Ältere
cancel = Abbrechen
undo = Rückgängig
