import { expect, mark, refusal, test } from "./fixtures";

test("made, changed, given scopes and new keys, and deleted", async ({ clerk }) => {
  const word = mark();
  const api = await clerk.machines.create({ name: "api" });
  const jobs = await clerk.machines.create({
    name: "jobs",
    scopedMachines: [api.id],
    defaultTokenTtl: 120,
  });
  expect(jobs.scopedMachines.map((one) => one.id)).toEqual([api.id]);
  expect(jobs.defaultTokenTtl).toBe(120);
  const { secret } = await clerk.machines.getSecretKey(jobs.id);
  expect(secret).toBe(jobs.secretKey);
  const rotated = await clerk.machines.rotateSecretKey({ machineId: jobs.id, previousTokenTtl: 0 });
  expect(rotated.secret).not.toBe(secret);
  const renamed = await clerk.machines.update({ machineId: jobs.id, name: word });
  expect(renamed.name).toBe(word);
  const removed = await clerk.machines.deleteScope(jobs.id, api.id);
  expect(removed.deleted).toBe(true);
  const scope = await clerk.machines.createScope(jobs.id, api.id);
  expect([scope.fromMachineId, scope.toMachineId]).toEqual([jobs.id, api.id]);
  const listed = await clerk.machines.list({ query: word });
  expect(listed.data.map((one) => one.id)).toEqual([jobs.id]);
  expect((await clerk.machines.get(jobs.id)).name).toBe(word);
  await clerk.machines.delete(jobs.id);
  expect(await refusal(clerk.machines.get(jobs.id))).toMatchObject({ status: 404 });
});
