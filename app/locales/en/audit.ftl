# /app/{slug}/settings/audit

audit-title = Audit log
audit-about = Who changed what, when and from where.
audit-open = Open audit log
audit-download = Download as CSV
audit-filter = Filter
audit-actor = By
audit-anybody = Anybody
audit-system = The system
audit-action = What
audit-anything = Anything
audit-from = From
audit-to = To
audit-show = Show
audit-show-all = Show all
audit-before = before
audit-after = after
audit-origin = from
audit-none = Nothing was recorded
    .text = No entry meets all of this.
