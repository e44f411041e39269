import { email, expect, refusal, someone, test } from "./fixtures";

test("added, verified, made primary, removed and replaced", async ({ clerk }) => {
  const user = await someone(clerk);
  const params = { userId: user.id, emailAddress: email("more") };
  const added = await clerk.emailAddresses.createEmailAddress(params);
  expect(added.verification).toBeNull();
  const verified = await clerk.emailAddresses.updateEmailAddress(added.id, {
    verified: true,
    primary: true,
  });
  expect(verified.verification?.strategy).toBe("admin");
  expect((await clerk.emailAddresses.getEmailAddress(added.id)).id).toBe(added.id);
  expect((await clerk.users.getUser(user.id)).primaryEmailAddressId).toBe(added.id);
  expect((await clerk.emailAddresses.deleteEmailAddress(added.id)).deleted).toBe(true);
  expect(await refusal(clerk.emailAddresses.getEmailAddress(added.id))).toMatchObject({
    status: 404,
    code: "resource_not_found",
  });

  const other = email("other");
  const replaced = await clerk.users.replaceUserEmailAddress(user.id, { emailAddress: other });
  expect(replaced.emailAddress).toBe(other);
  const { emailAddresses } = await clerk.users.getUser(user.id);
  expect(emailAddresses.map((one) => one.id)).toEqual([replaced.id]);
});

test("somebody else's is refused", async ({ clerk }) => {
  const [ann, bob] = [await someone(clerk), await someone(clerk, "Bob")];
  const emailAddress = ann.primaryEmailAddress!.emailAddress;
  const call = clerk.emailAddresses.createEmailAddress({ userId: bob.id, emailAddress });
  expect(await refusal(call)).toEqual({
    status: 422,
    code: "form_identifier_exists",
    field: "email_address",
  });
});
