# /app/{slug}/settings/export

export-title = Export
export-about = Alles aus dieser Organisation als ZIP-Archiv mit JSON-Zeilen: eine Datei für jede Art von Daten und ein Manifest, das sagt, wie viele es sein müssen.
export-download = Archiv herunterladen
export-look = Nachsehen, wie weit es ist
export-running = { $rows } von { $total } Zeilen sind im Archiv
export-done = Das Archiv ist vollständig: { $rows ->
    [one] eine Zeile.
   *[other] { $rows } Zeilen.
}
export-broken = Der Download brach nach { $rows ->
    [one] einer Zeile
   *[other] { $rows } Zeilen
} ab. Starten Sie ihn noch einmal.
export-go = Daten exportieren …
