/** Whose commits those of the tests are. */
export const AUTHOR = { name: "Zoé 李", email: "zoe@example.org" };
