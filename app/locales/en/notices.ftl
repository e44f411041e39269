# What just worked.

notice-project-created = Project created.
notice-project-renamed = Project renamed.
notice-project-archived = Project archived. You find it under Archived.
notice-project-restored = Project restored. You find it under Active.
notice-project-deleted = Project deleted.
notice-organization-created = Organization created. You are its admin.
notice-member-invited = Invitation sent.
notice-members-invited = Invitations sent.
notice-invitation-resent = Another invitation sent. The one before it is void.
notice-invitation-accepted = Invitation accepted. Welcome.
notice-invitation-revoked = Invitation revoked.
notice-role-changed = Role changed.
notice-member-removed = Member removed.
notice-organization-renamed = Saved.
notice-organization-transferred = Transferred. You are a member now.
notice-organization-left = You left the organization.
notice-organization-deleted = Organization deleted. Its admins can restore it below for a while.
notice-organization-restored = Organization restored.
notice-task-created = Task created.
notice-task-moved = Task moved.
notice-task-changed = Saved.
notice-task-deleted = Task deleted.
notice-comment-added = Comment added.
notice-comment-edited = Comment saved.
notice-comment-deleted = Comment deleted.
