import { iso6393 } from "iso-639-3";
import { describe, expect, it } from "vitest";
import { CommandFailure } from "../src/failure.js";
import { checkLanguage, checkReadLanguage } from "../src/language.js";

/** What is answered: the language, or the hint of the refusal. */
async function answer(check: (text: string) => Promise<string>, text: string): Promise<string> {
  try {
    return await check(text);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    expect(error.status).toBe(2);
    return error.hint ?? "";
  }
}

describe("checkLanguage", () => {
  it.each([
    ...["eng", "fra", "nhi", "qaa", "und", "tlh"],
    ...["fra-canadian", "fra_CA", "domain-medical", "domain-law", "pirate"],
  ])("takes %s", async (text) => {
    expect(await answer(checkLanguage, text)).toBe(text);
  });

  it("takes every code of ISO 639-3", async () => {
    for (const { iso6393: code } of iso6393) expect(await checkLanguage(code)).toBe(code);
  });

  it.each([
    ["fr", "Did you mean 'fra' (French)?"],
    ["french", "Did you mean 'fra' (French)?"],
    ["French", "Did you mean 'fra' (French)?"],
    ["Français", "Did you mean 'fra' (French)?"],
    ["francais", "Did you mean 'fra' (French)?"],
    ["frnech", "Did you mean 'fra' (French)?"],
    ["fre", "Did you mean 'fra' (French)?"],
    ["FRA", "Did you mean 'fra' (French)?"],
    ["fr-CA", "Did you mean 'fra' (French)?"],
    ["ger", "Did you mean 'deu' (German)?"],
    ["zh", "Did you mean 'zho' (Chinese)?"],
    ["zh-Hant", "Did you mean 'zho' (Chinese)?"],
    ["中文", "Did you mean 'zho' (Chinese)?"],
    ["日本語", "Did you mean 'jpn' (Japanese)?"],
    ["العربية", "Did you mean 'ara' (Arabic)?"],
    ["pt-BR", "Did you mean 'por' (Portuguese)?"],
    ["português", "Did you mean 'por' (Portuguese)?"],
    ["greek", "Did you mean 'ell' (Modern Greek)?"],
    ["klingon", "Did you mean 'tlh' (Klingon)?"],
    ["englsh", "Did you mean 'eng' (English)?"],
  ])("knows what %s means", async (text, hint) => {
    expect(await answer(checkLanguage, text)).toBe(hint);
  });

  it.each(["", "x", "../x", "a b c", "sha256", "frb", "x".repeat(257), "-fra", "fra\u0000"])(
    "refuses %j",
    async (text) => {
      expect(await answer(checkLanguage, text)).toMatch(/^Give its code of three letters/);
    },
  );
});

describe("checkReadLanguage", () => {
  it.each(["fra", "french", "fre", "FRA", "frb"])(
    "takes %s, which a pool may have",
    async (text) => {
      expect(await checkReadLanguage(text)).toBe(text);
    },
  );
  it("suggests what may be meant", async () => {
    expect(await answer(checkReadLanguage, "fr")).toBe("Did you mean 'fra' (French)?");
    expect(await answer(checkReadLanguage, "../x")).toMatch(/^Give its code/);
  });
});
