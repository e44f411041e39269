# /app/{slug}/settings/audit

audit-title = Audit-Protokoll
audit-about = Wer wann was von wo aus geändert hat.
audit-open = Audit-Protokoll öffnen
audit-download = Als CSV herunterladen
audit-filter = Filter
audit-actor = Von
audit-anybody = Irgendjemand
audit-system = Das System
audit-action = Was
audit-anything = Irgendetwas
audit-from = Ab
audit-to = Bis
audit-show = Anzeigen
audit-show-all = Alles anzeigen
audit-before = vorher
audit-after = nachher
audit-origin = von wo
audit-none = Nichts aufgezeichnet
    .text = Kein Eintrag erfüllt all das.
