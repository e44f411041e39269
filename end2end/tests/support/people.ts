/** The people that `tenantry seed` makes. */

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
}

const password = "tenantry-demo-1";

/** Admin of Acme and of Globex. */
export const ada: Person = { email: "ada@acme.test", password, firstName: "Ada" };
/** Member of Acme. */
export const ben: Person = { email: "ben@acme.test", password, firstName: "Ben" };
/** Member of Globex. */
export const cleo: Person = { email: "cleo@globex.test", password, firstName: "Cleo" };
/** Member of no organization. */
export const dora: Person = { email: "dora@example.test", password, firstName: "Dora" };
