// `npm run build`: the packages whose sources changed since they were last built.
import { build, install } from "./workspace.mjs";

install();
build();
