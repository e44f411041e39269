//! Every table of the schema: whose rows it holds, and what becomes of them when they are
//! exported, when an organization is purged and when a person is deleted.
//!
//! The statement guard, exports and purges go by this list, and `tests/it/catalog.rs` holds
//! it against the real schema of both databases: a table without an entry, or with a key, an
//! index or a reference that leaves the organization out, fails there.

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Whose rows it holds.
    pub kind: Kind,
    /// The columns of its primary key, in order.
    pub key: &'static [&'static str],
    /// What an organization's export has of it.
    pub export: Export,
    /// What an organization's purge does to it.
    pub purge: Purge,
    /// The columns that hold a user's id. A person's export has the rows that bear his.
    pub people: &'static [PersonColumn],
    /// Indexes that do not begin with the organization.
    pub other_indexes: &'static [OtherIndex],
}

/// Whose rows a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Each belongs to one organization: `organization_id` comes first in its key, its indexes
    /// and its references, and row-level security binds it.
    Owned,
    /// Clerk's own: organizations and users, whose id is their key. Row-level security binds
    /// it, too.
    Identity,
    /// The server's records, of no organization: no policy.
    Bookkeeping {
        /// Why that is safe.
        why: &'static str,
    },
}

/// What an organization's export has of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The rows whose [`Table::owner`] is the organization.
    Own,
    /// The rows of the organization's members.
    Members,
    /// Nothing, for this reason.
    Nothing(&'static str),
}

/// What the purge of an organization does to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purge {
    /// Deletes the rows whose [`Table::owner`] is the organization.
    Own,
    /// Nothing, for this reason.
    Nothing(&'static str),
}

/// A column that holds a user's id.
#[derive(Debug, Clone, Copy)]
pub struct PersonColumn {
    /// Its name.
    pub name: &'static str,
    /// What the deletion of that user does to the row.
    pub on_deletion: PersonRule,
}

/// What the deletion of a person does to a row that bears his id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonRule {
    /// The row goes.
    Remove,
    /// The row stays with an id that means nobody any more, and without what else told of them.
    Anonymise,
    /// The row stays as it is, for this reason.
    Keep(&'static str),
}

/// An index that does not begin with the organization.
#[derive(Debug, Clone, Copy)]
pub struct OtherIndex {
    /// Its columns, in order.
    pub columns: &'static [&'static str],
    /// What it is for.
    pub why: &'static str,
}

/// All tables. What refers to another comes before it, so that rows can be deleted in this
/// order.
pub const CATALOG: &[Table] = &[
    Table {
        name: "search_documents",
        kind: Kind::Owned,
        key: &["organization_id", "id"],
        export: Export::Nothing("it repeats words of projects, tasks and comments"),
        purge: Purge::Own,
        people: &[],
        other_indexes: &[],
    },
    Table {
        name: "mentions",
        kind: Kind::Owned,
        key: &["organization_id", "comment_id", "user_id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[PersonColumn {
            name: "user_id",
            on_deletion: PersonRule::Anonymise,
        }],
        other_indexes: &[],
    },
    Table {
        name: "comments",
        kind: Kind::Owned,
        key: &["organization_id", "id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[PersonColumn {
            name: "created_by",
            on_deletion: PersonRule::Anonymise,
        }],
        other_indexes: &[],
    },
    Table {
        name: "checklist_items",
        kind: Kind::Owned,
        key: &["organization_id", "id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[],
        other_indexes: &[],
    },
    Table {
        name: "task_labels",
        kind: Kind::Owned,
        key: &["organization_id", "task_id", "label_id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[],
        other_indexes: &[],
    },
    Table {
        name: "labels",
        kind: Kind::Owned,
        key: &["organization_id", "id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[],
        other_indexes: &[],
    },
    Table {
        name: "tasks",
        kind: Kind::Owned,
        key: &["organization_id", "id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[
            PersonColumn {
                name: "assignee_id",
                on_deletion: PersonRule::Anonymise,
            },
            PersonColumn {
                name: "created_by",
                on_deletion: PersonRule::Anonymise,
            },
        ],
        other_indexes: &[],
    },
    Table {
        name: "task_numbers",
        kind: Kind::Owned,
        key: &["organization_id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[],
        other_indexes: &[],
    },
    Table {
        name: "projects",
        kind: Kind::Owned,
        key: &["organization_id", "id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[PersonColumn {
            name: "created_by",
            on_deletion: PersonRule::Anonymise,
        }],
        other_indexes: &[],
    },
    Table {
        name: "audit_events",
        kind: Kind::Owned,
        key: &["organization_id", "seq"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[PersonColumn {
            name: "actor_id",
            on_deletion: PersonRule::Anonymise,
        }],
        other_indexes: &[OtherIndex {
            columns: &["actor_id", "organization_id"],
            why: "finds what a person did, to show and to anonymise it",
        }],
    },
    Table {
        name: "audit_heads",
        kind: Kind::Owned,
        key: &["organization_id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[],
        other_indexes: &[],
    },
    Table {
        name: "memberships",
        kind: Kind::Owned,
        key: &["organization_id", "user_id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[PersonColumn {
            name: "user_id",
            on_deletion: PersonRule::Remove,
        }],
        other_indexes: &[OtherIndex {
            columns: &["user_id"],
            why: "finds a person's organizations before one of them is entered",
        }],
    },
    Table {
        name: "organizations",
        kind: Kind::Identity,
        key: &["id"],
        export: Export::Own,
        purge: Purge::Own,
        people: &[],
        other_indexes: &[OtherIndex {
            columns: &["slug"],
            why: "finds the organization of a URL",
        }],
    },
    Table {
        name: "users",
        kind: Kind::Identity,
        key: &["id"],
        export: Export::Members,
        purge: Purge::Nothing("people outlive their organizations"),
        people: &[PersonColumn {
            name: "id",
            on_deletion: PersonRule::Remove,
        }],
        other_indexes: &[],
    },
    Table {
        name: "tombstones",
        kind: Kind::Bookkeeping {
            why: "ids and times of what is gone; the worker's alone",
        },
        key: &["kind", "id"],
        export: Export::Nothing("it holds only what is no longer there"),
        purge: Purge::Nothing("it keeps a late event from bringing the organization back"),
        people: &[PersonColumn {
            name: "id",
            on_deletion: PersonRule::Keep("it keeps a late event from bringing the person back"),
        }],
        other_indexes: &[],
    },
    Table {
        name: "webhook_events",
        kind: Kind::Bookkeeping {
            why: "ids, kinds and times of deliveries; the worker's alone",
        },
        key: &["id"],
        export: Export::Nothing("it names nobody"),
        purge: Purge::Nothing("it names nobody"),
        people: &[],
        other_indexes: &[],
    },
    Table {
        name: "seaql_migrations",
        kind: Kind::Bookkeeping {
            why: "names of migrations; the server may only read it",
        },
        key: &["version"],
        export: Export::Nothing("it describes the schema"),
        purge: Purge::Nothing("it describes the schema"),
        people: &[],
        other_indexes: &[],
    },
];

impl Table {
    /// The column that says which organization a row belongs to, if it belongs to one.
    pub fn owner(&self) -> Option<&'static str> {
        match (self.kind, self.purge) {
            (Kind::Owned, _) => Some("organization_id"),
            (Kind::Identity, Purge::Own) => Some("id"),
            (Kind::Identity, Purge::Nothing(_)) | (Kind::Bookkeeping { .. }, _) => None,
        }
    }
}

/// SQLite's full-text index, which triggers fill from `search_documents`. It can be read like a
/// table whose rows belong to one organization each, so it has to be read like one.
pub const SEARCH_INDEX: &str = "search_index";

/// The names of the tables whose rows belong to one organization each.
pub(crate) fn tenant_tables() -> impl Iterator<Item = &'static str> {
    CATALOG
        .iter()
        .filter(|table| table.kind == Kind::Owned)
        .map(|table| table.name)
        .chain([SEARCH_INDEX])
}
