import { join } from "node:path";
import { expect, it } from "vitest";
import { locate } from "../../src/configuration/locations.js";
import { temporaryFolder, writeFiles } from "../folder.js";

const XDG = "xdg/ouverture/config.yaml";
const PLAIN = ".ouverture/config.yaml";
const DOT_CONFIG = ".config/ouverture/config.yaml";

const cases: readonly {
  readonly there: readonly string[];
  readonly xdg?: string;
  readonly read: string;
  readonly other?: string;
}[] = [
  { there: [], read: PLAIN },
  { there: [PLAIN], read: PLAIN },
  { there: [DOT_CONFIG], read: DOT_CONFIG },
  { there: [PLAIN, DOT_CONFIG], read: PLAIN, other: DOT_CONFIG },
  { there: [], xdg: "xdg", read: XDG },
  { there: [XDG], xdg: "xdg", read: XDG },
  { there: [PLAIN], xdg: "xdg", read: PLAIN },
  { there: [PLAIN, XDG], xdg: "xdg", read: XDG, other: PLAIN },
  { there: [DOT_CONFIG], xdg: "xdg", read: XDG },
];

it.each(cases)("reads $read where there is $there (XDG: $xdg)", ({ there, xdg, read, other }) => {
  const home = temporaryFolder();
  writeFiles(home, Object.fromEntries(there.map((path) => [path, ""])));
  const environment = {
    HOME: home,
    ...(xdg === undefined ? {} : { XDG_CONFIG_HOME: join(home, xdg) }),
  };
  const { userConfiguration, otherConfiguration } = locate(environment, home);
  expect(userConfiguration).toBe(join(home, read));
  expect(otherConfiguration).toBe(other === undefined ? null : join(home, other));
});

it("puts the pool and the cache where the user says", () => {
  const home = temporaryFolder();
  expect(locate({ HOME: home }, home)).toMatchObject({
    home,
    userPool: join(home, ".local/ouverture"),
    cache: join(home, ".cache/ouverture"),
  });
  expect(locate({ OUVERTURE_DIRECTORY: "/srv/pool", XDG_CACHE_HOME: "/fast" }, home)).toMatchObject(
    {
      userPool: join("/srv/pool"),
      cache: join("/fast/ouverture"),
    },
  );
});

it("takes an empty variable for none, and a relative folder of XDG too", () => {
  const home = temporaryFolder();
  const variables = { OUVERTURE_DIRECTORY: "", XDG_CACHE_HOME: "cache", XDG_CONFIG_HOME: "etc" };
  expect(locate(variables, home)).toEqual(locate({}, home));
});
