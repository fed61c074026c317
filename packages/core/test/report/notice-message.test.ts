import { describe, expect, it } from "vitest";
import { noticeMessage } from "../../src/report/notice-message.js";
import type { Notice, NoticeCode } from "../../src/verify/notice.js";

/** One of each code: a code without a notice here does not compile. */
const notices: { readonly [C in NoticeCode]: Extract<Notice, { code: C }>["data"][] } = {
  "base-missing": [{ base: "origin/main\u001b[2J", reason: "it was not fetched." }],
  "everything-checked": [
    { why: "pool", path: ".ouverture/objects\n::error::x" },
    { why: "configuration", path: ".ouverture/config.yaml" },
    { why: "base", path: null },
  ],
  "trust-from-base": [{ commit: "0123456789abcdef0123456789abcdef01234567" }],
  "trust-changed": [{ keys: ["registries", "verify.exemptions"], path: ".ouverture/config.yaml" }],
  offline: [{}],
  configuration: [{ message: "The key 'x\u202e' is unknown." }],
  unfetched: [{ count: 1 }, { count: 1083 }],
  "nothing-changed": [{}],
};

describe("noticeMessage", () => {
  const messages = Object.entries(notices).flatMap(([code, all]) =>
    all.map((data) => `${code}: ${noticeMessage({ code, data } as Notice)}`),
  );

  it("says each in whole sentences", () => {
    expect(messages.join("\n")).toMatchSnapshot();
    for (const text of messages) expect(text).toMatch(/: [A-Z0-9].*\.$/);
  });

  it("shows nothing that moves or hides text", () => {
    expect(messages.join("")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
