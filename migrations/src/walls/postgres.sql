-- The walls between organizations, rebuilt: one policy for each table, and a role of its own
-- for what repeats Clerk's word.
--
-- Two settings, made for one transaction with `set_config(…, true)`, say on whose behalf it
-- runs: app.organization_id and app.user_id. Unset they read as NULL or, after a transaction
-- that had set them, as ''; NULLIF makes both NULL, which equals nothing: no setting, no rows.
-- `(SELECT …)` has the planner evaluate them once for a statement.
--
-- Policies for the same command add up with OR, so a second one could only weaken the first:
-- every table has exactly one, for all commands. USING says which rows are there, WITH CHECK
-- what a row may become, and which commands there are at all say the grants (grants.rs): the
-- application may only read what comes from Clerk, and the audit log only grows.

-- Whether the worker's role is asking. `tenantry migrate` writes that role's name in here:
-- the name of a role, unlike a setting, can't be had by saying so.
CREATE FUNCTION acts_as_worker() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN false;

-- Whether rows of Clerk's tables can't be changed: by the application, whose role may not, or
-- in a transaction that only reads. Then there may be more rows to see than to change.
CREATE FUNCTION may_only_look() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NOT acts_as_worker() OR current_setting('transaction_read_only') = 'on';

-- Whether this is a survey: the worker, on behalf of nobody, in a transaction that only
-- reads. It alone sees rows of everybody, and those of Clerk's tables alone.
CREATE FUNCTION is_survey() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN acts_as_worker()
        AND current_setting('transaction_read_only') = 'on'
        AND NULLIF(current_setting('app.organization_id', true), '') IS NULL
        AND NULLIF(current_setting('app.user_id', true), '') IS NULL;

-- There for those who act in it, and to look at for its members; changed on its own behalf.
-- The subquery is itself subject to the policy of memberships, which looks at no other
-- table: no recursion.
DROP POLICY organizations_select ON organizations;
DROP POLICY organizations_insert ON organizations;
DROP POLICY organizations_update ON organizations;
DROP POLICY organizations_delete ON organizations;
CREATE POLICY organizations_all ON organizations FOR ALL
    USING (
        id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        OR (SELECT may_only_look()) AND id IN (
            SELECT organization_id FROM memberships
            WHERE user_id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
        )
        OR (SELECT is_survey())
    )
    WITH CHECK (id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

-- There for the user himself, and to look at for the members of the organization acted in;
-- changed on the user's own behalf.
DROP POLICY users_select ON users;
DROP POLICY users_insert ON users;
DROP POLICY users_update ON users;
DROP POLICY users_delete ON users;
CREATE POLICY users_all ON users FOR ALL
    USING (
        id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
        OR (SELECT may_only_look()) AND id IN (
            SELECT user_id FROM memberships
            WHERE organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        )
        OR (SELECT is_survey())
    )
    WITH CHECK (id = (SELECT NULLIF(current_setting('app.user_id', true), '')));

-- There for the organization and for the user; changed on behalf of the organization.
DROP POLICY memberships_select ON memberships;
DROP POLICY memberships_insert ON memberships;
DROP POLICY memberships_update ON memberships;
DROP POLICY memberships_delete ON memberships;
CREATE POLICY memberships_all ON memberships FOR ALL
    USING (
        organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))
        OR user_id = (SELECT NULLIF(current_setting('app.user_id', true), ''))
        OR (SELECT is_survey())
    )
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));

DROP POLICY audit_events_select ON audit_events;
DROP POLICY audit_events_insert ON audit_events;
CREATE POLICY audit_events_all ON audit_events FOR ALL
    USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))
    WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')));
