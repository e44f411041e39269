# /app/{slug}/settings/export

export-title = Export
export-about = Everything of this organization, as a ZIP archive of JSON lines: a file for each kind of thing, and a manifest that says how many there should be.
export-download = Download archive
export-look = See how far it is
# $rows (Number) - those in the archive so far
# $total (Number) - those there were at the beginning
export-running = { $rows } of { $total } rows are in the archive
# $rows (Number)
export-done = The archive is complete: { $rows ->
    [one] one row.
   *[other] { $rows } rows.
}
# $rows (Number)
export-broken = The download broke off after { $rows ->
    [one] one row
   *[other] { $rows } rows
}. Start it again.
export-go = Export data…
