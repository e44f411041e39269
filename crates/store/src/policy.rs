use crate::{
    Action::{
        self, AuditRead, CommentCreate, CommentModerate, InsightsRead, LabelManage,
        MemberChangeRole, MemberInvite, MemberRead, MemberRemove, OrganizationDelete,
        OrganizationExport, OrganizationLeave, OrganizationRename, OrganizationSecure,
        OrganizationTransfer, ProjectArchive, ProjectCreate, ProjectDelete, ProjectRead,
        ProjectRename, TaskCreate, TaskDelete, TaskEdit, TaskRead,
    },
    Resource, Role,
};

/// One line of the policy: a member may do `action` if the role is one of `roles`, or gives
/// one of `permissions`.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What is done.
    pub action: Action,
    /// What it is done to.
    pub resource: Resource,
    /// The roles that suffice.
    pub roles: &'static [Role],
    /// Clerk's permissions that suffice, each by itself, whatever the role: the
    /// application's own (`org:projects:…`) and Clerk's system permissions (`org:sys_…`).
    pub permissions: &'static [&'static str],
}

/// Who may do what: the only place that says so. Server functions, the API and what pages
/// offer all ask it through [`Tenant::can`](crate::Tenant::can) and
/// [`Store::enter_for`](crate::Store::enter_for). `policy.txt` beside this file shows what
/// it amounts to.
pub const POLICY: [Rule; Action::ALL.len()] = {
    use Resource::{Comment, Label, Member, Organization, Project, Task};
    [
        rule(ProjectRead, Project, EVERYBODY, &[]),
        rule(
            ProjectCreate,
            Project,
            MEMBERS,
            &[PROJECTS, "org:projects:create"],
        ),
        rule(
            ProjectRename,
            Project,
            MEMBERS,
            &[PROJECTS, "org:projects:rename"],
        ),
        rule(
            ProjectArchive,
            Project,
            MEMBERS,
            &[PROJECTS, "org:projects:archive"],
        ),
        rule(
            ProjectDelete,
            Project,
            ADMINS,
            &[PROJECTS, "org:projects:delete"],
        ),
        rule(TaskRead, Task, EVERYBODY, &[]),
        rule(TaskCreate, Task, MEMBERS, &[TASKS, "org:tasks:create"]),
        rule(TaskEdit, Task, MEMBERS, &[TASKS, "org:tasks:edit"]),
        rule(TaskDelete, Task, ADMINS, &[TASKS, "org:tasks:delete"]),
        rule(
            CommentCreate,
            Comment,
            MEMBERS,
            &[COMMENTS, "org:comments:create"],
        ),
        rule(CommentModerate, Comment, ADMINS, &[COMMENTS]),
        rule(LabelManage, Label, MEMBERS, &["org:labels:manage"]),
        rule(
            MemberRead,
            Member,
            MEMBERS,
            &["org:sys_memberships:read", MEMBERSHIPS],
        ),
        rule(MemberInvite, Member, ADMINS, &[MEMBERSHIPS]),
        rule(MemberChangeRole, Member, ADMINS, &[MEMBERSHIPS]),
        rule(MemberRemove, Member, ADMINS, &[MEMBERSHIPS]),
        rule(OrganizationLeave, Organization, EVERYBODY, &[]),
        rule(
            OrganizationRename,
            Organization,
            ADMINS,
            &["org:sys_profile:manage"],
        ),
        rule(OrganizationTransfer, Organization, ADMINS, &[]),
        rule(
            OrganizationDelete,
            Organization,
            ADMINS,
            &["org:sys_profile:delete"],
        ),
        rule(OrganizationExport, Organization, ADMINS, &[]),
        rule(OrganizationSecure, Organization, ADMINS, &[]),
        rule(AuditRead, Organization, ADMINS, &["org:audit:read"]),
        rule(InsightsRead, Organization, ADMINS, &["org:insights:read"]),
    ]
};

const EVERYBODY: &[Role] = &[Role::Admin, Role::Member, Role::Custom];
const MEMBERS: &[Role] = &[Role::Admin, Role::Member];
const ADMINS: &[Role] = &[Role::Admin];

/// Everything that can be done to projects.
const PROJECTS: &str = "org:projects:manage";
/// Everything that can be done to tasks.
const TASKS: &str = "org:tasks:manage";
/// Everything that can be done to comments.
const COMMENTS: &str = "org:comments:manage";
/// Everything that can be done to memberships and invitations.
const MEMBERSHIPS: &str = "org:sys_memberships:manage";

const fn rule(
    action: Action,
    resource: Resource,
    roles: &'static [Role],
    permissions: &'static [&'static str],
) -> Rule {
    Rule {
        action,
        resource,
        roles,
        permissions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Grants, Permissions};
    use std::fmt::Write;

    /// The whole policy as it works out, written down: a change of the policy has to change
    /// it there too.
    const TABLE: &str = include_str!("policy.txt");

    fn grants(role: &str, permission: &str) -> Grants {
        Grants::new(role, Permissions::of([permission]))
    }

    #[test]
    fn the_policy_works_out_as_written() {
        let mut table = String::from("# What a role may do by itself.\n\n");
        writeln!(table, "{:22}admin  member  any other", "").unwrap();
        for rule in POLICY {
            let cell = |role| match grants(role, "").can(rule.action) {
                true => "yes",
                false => "-",
            };
            let [admin, member, other] = ["org:admin", "org:member", "org:other"].map(cell);
            let action = format!("{:?}", rule.action);
            writeln!(table, "{action:22}{admin:7}{member:8}{other}").unwrap();
        }
        table.push_str("\n# What a permission adds to a role that may only look.\n\n");
        for permission in permissions() {
            let plain = grants("org:other", "");
            let more = grants("org:other", permission);
            let mut added: Vec<String> = Action::ALL
                .into_iter()
                .filter(|action| more.can(*action) && !plain.can(*action))
                .map(|action| format!("{action:?}"))
                .collect();
            if added.is_empty() {
                added.push("-".to_owned());
            }
            writeln!(table, "{permission:28}{}", added.join(" ")).unwrap();
        }
        assert!(table == TABLE, "policy.txt should say\n\n{table}");
    }

    /// Every permission of the policy, and some that it does not know.
    fn permissions() -> Vec<&'static str> {
        let mut all: Vec<_> = POLICY.iter().flat_map(|rule| rule.permissions).collect();
        all.extend([
            &"org:projects:read",
            &"org:sys_domains:manage",
            &"org:projects:",
        ]);
        all.sort_unstable();
        all.dedup();
        all.into_iter().copied().collect()
    }

    #[test]
    fn every_action_has_its_line_in_order() {
        assert_eq!(POLICY.map(|rule| rule.action), Action::ALL);
    }

    #[test]
    fn an_admin_may_do_everything() {
        for rule in POLICY {
            assert!(rule.roles.contains(&Role::Admin), "{rule:?}");
        }
    }
}
