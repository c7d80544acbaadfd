// Every page works without any of this. One behaviour per file; each looks for what it improves and else does nothing.
import { bench } from "./bench.js";
import { composer } from "./composer.js";
import { contents } from "./contents.js";
import { copyLink } from "./copy-link.js";
import { margin } from "./margin.js";
import { menus } from "./menus.js";
import { refusals } from "./refusals.js";

for (const improve of [bench, composer, contents, copyLink, margin, menus, refusals]) improve(document);
