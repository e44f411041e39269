/// Something a member may or may not do in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See projects.
    ProjectRead,
    /// Create a project.
    ProjectCreate,
    /// Rename a project.
    ProjectRename,
    /// Archive a project or bring it back.
    ProjectArchive,
    /// Delete a project for good.
    ProjectDelete,
}

/// A member's role, as the local membership row has it (the token's is never asked).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Clerk's `org:admin`.
    Admin,
    /// Clerk's `org:member`.
    Member,
    /// A role that the instance defines itself: it may look, until it is given more here.
    Custom,
}

impl Action {
    /// Every action, in the order of the permission table.
    pub const ALL: [Self; 5] = [
        Self::ProjectRead,
        Self::ProjectCreate,
        Self::ProjectRename,
        Self::ProjectArchive,
        Self::ProjectDelete,
    ];
}

impl Role {
    /// Reads Clerk's role key (`org:admin`).
    pub fn parse(key: &str) -> Self {
        match key {
            "org:admin" => Self::Admin,
            "org:member" => Self::Member,
            _ => Self::Custom,
        }
    }

    /// The permission table.
    pub const fn allows(self, action: Action) -> bool {
        match (self, action) {
            (Self::Admin, _) | (_, Action::ProjectRead) => true,
            (
                Self::Member,
                Action::ProjectCreate | Action::ProjectRename | Action::ProjectArchive,
            ) => true,
            (Self::Member, Action::ProjectDelete) => false,
            (Self::Custom, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    /// The whole table, written out: a change of permissions has to change it here too.
    const TABLE: &str = "\
Action           Admin  Member Custom
ProjectRead      yes    yes    yes
ProjectCreate    yes    yes    -
ProjectRename    yes    yes    -
ProjectArchive   yes    yes    -
ProjectDelete    yes    -      -
";

    #[test]
    fn the_permission_table_is_the_written_one() {
        let mut table = format!("{:16} Admin  Member Custom\n", "Action");
        for action in Action::ALL {
            let mut line = format!("{:16}", format!("{action:?}"));
            for role in [Role::Admin, Role::Member, Role::Custom] {
                let cell = if role.allows(action) { "yes" } else { "-" };
                write!(line, " {cell:6}").unwrap();
            }
            writeln!(table, "{}", line.trim_end()).unwrap();
        }
        assert_eq!(table, TABLE);
    }

    #[test]
    fn an_unknown_role_gets_the_least() {
        assert_eq!(Role::parse("org:admin"), Role::Admin);
        assert_eq!(Role::parse("org:member"), Role::Member);
        for key in ["org:owner", "admin", "ORG:ADMIN", "org:admin ", ""] {
            assert_eq!(Role::parse(key), Role::Custom, "{key:?}");
        }
    }
}
