# /select-organization

organizations-welcome = Willkommen bei Tenantry
    .text = Sie sind noch in keiner Organisation. Legen Sie eine an, oder bitten Sie eine Kollegin, Sie in ihre aufzunehmen.
organizations-choose = Organisation wählen
    .text = Jede hat eigene Projekte und eigene Leute.
organizations-yours = Ihre Organisationen
organizations-deleted = Gelöschte Organisationen
organizations-gone = Endgültig weg
organizations-restore = Zurückholen
organizations-create = Organisation anlegen
    .name = Name
    .placeholder = Acme GmbH
    .slug = Kürzel
    .hint = Steht in der Adresse: /app/kürzel. Wenn Sie nichts eingeben, wird es aus dem Namen gebildet.
    .submit = Organisation anlegen

invitations-title = Einladungen
invitations-unknown = Einladungen können gerade nicht gezeigt werden: Der Dienst, der sie verwaltet, antwortet nicht.
invitations-since = Eingeladen
invitations-accept = Annehmen
