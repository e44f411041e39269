import { acme, expect, mark, picture, pixel, refusal, someone, test } from "./fixtures";

test("created, read, changed and deleted", async ({ clerk }) => {
  const ann = await someone(clerk);
  const slug = mark();
  const made = await clerk.organizations.createOrganization({
    name: "Acme",
    slug,
    createdBy: ann.id,
    maxAllowedMemberships: 3,
    publicMetadata: { a: 1 },
    privateMetadata: { b: 2 },
  });
  const organizationId = made.id;
  expect(made).toMatchObject({ slug, createdBy: ann.id, maxAllowedMemberships: 3 });
  expect([made.publicMetadata, made.privateMetadata]).toEqual([{ a: 1 }, { b: 2 }]);
  const bySlug = await clerk.organizations.getOrganization({ slug, includeMembersCount: true });
  expect([bySlug.id, bySlug.membersCount]).toEqual([organizationId, 1]);
  const taken = clerk.organizations.createOrganization({ name: "Acme", slug, createdBy: ann.id });
  expect(await refusal(taken)).toMatchObject({ code: "form_identifier_exists", field: "slug" });

  const changed = await clerk.organizations.updateOrganization(organizationId, {
    name: "Ajax",
    adminDeleteEnabled: false,
    maxAllowedMemberships: 5,
  });
  expect(changed).toMatchObject({ name: "Ajax", slug, adminDeleteEnabled: false });
  expect(changed.maxAllowedMemberships).toBe(5);

  const deleted: any = await clerk.organizations.deleteOrganization(organizationId);
  expect(deleted.deleted).toBe(true);
  const gone = clerk.organizations.getOrganization({ organizationId });
  expect(await refusal(gone)).toMatchObject({ status: 404, code: "resource_not_found" });
});

test("listed with filters, orders and pages", async ({ clerk }) => {
  const ann = await someone(clerk);
  const word = mark();
  const made = [];
  for (const name of ["Alpha", "Beta"]) {
    const params = { name: `${name} ${word}`, createdBy: ann.id };
    made.push(await clerk.organizations.createOrganization(params));
  }
  const names = async (params: any) => {
    const { data } = await clerk.organizations.getOrganizationList({ query: word, ...params });
    return data.map((one) => one.name.split(" ")[0]);
  };
  expect(await names({ orderBy: "+name" })).toEqual(["Alpha", "Beta"]);
  expect(await names({ orderBy: "-name" })).toEqual(["Beta", "Alpha"]);
  expect(await names({ orderBy: "+name", limit: 1, offset: 1 })).toEqual(["Beta"]);
  expect(await names({ organizationId: [made[1]!.id] })).toEqual(["Beta"]);
  const page = await clerk.organizations.getOrganizationList({
    query: word,
    limit: 1,
    includeMembersCount: true,
  });
  expect([page.totalCount, page.data[0]?.membersCount]).toEqual([2, 1]);
});

test("metadata is merged or replaced", async ({ clerk }) => {
  const { organizationId } = await acme(clerk);
  await clerk.organizations.updateOrganizationMetadata(organizationId, {
    publicMetadata: { a: { b: 1, c: 2 } },
    privateMetadata: { x: 1 },
  });
  const merged = await clerk.organizations.updateOrganizationMetadata(organizationId, {
    publicMetadata: { a: { b: null, d: 3 } },
  });
  expect(merged.publicMetadata).toEqual({ a: { c: 2, d: 3 } });
  const replaced = await clerk.organizations.replaceOrganizationMetadata(organizationId, {
    publicMetadata: { z: 1 },
  });
  expect([replaced.publicMetadata, replaced.privateMetadata]).toEqual([{ z: 1 }, { x: 1 }]);
  // The client takes metadata with other changes apart and sends it by itself.
  const both = await clerk.organizations.updateOrganization(organizationId, {
    name: "Ajax",
    publicMetadata: { y: 2 },
  });
  expect([both.name, both.publicMetadata]).toEqual(["Ajax", { y: 2 }]);
});

test("a logo is uploaded, served and removed", async ({ clerk }) => {
  const { ann, organizationId } = await acme(clerk);
  const params = { file: picture, uploaderUserId: ann.id };
  const pictured = await clerk.organizations.updateOrganizationLogo(organizationId, params);
  expect(pictured.hasImage).toBe(true);
  const served = await fetch(pictured.imageUrl);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(pixel);
  const without = await clerk.organizations.deleteOrganizationLogo(organizationId);
  expect(without.hasImage).toBe(false);
  expect((await fetch(pictured.imageUrl)).status).toBe(404);
});
