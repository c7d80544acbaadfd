// Every page works without any of this. One behaviour per file; each looks for what it improves and else does nothing.
import { agenda } from "./agenda.js";
import { board } from "./board.js";
import { bench } from "./bench.js";
import { bigScreen } from "./big-screen.js";
import { commented } from "./commented.js";
import { compare } from "./compare.js";
import { composer } from "./composer.js";
import { consolePage } from "./console.js";
import { contents } from "./contents.js";
import { copyLink } from "./copy-link.js";
import { copyText } from "./copy-text.js";
import { job } from "./job.js";
import { keptForm } from "./kept-form.js";
import { keyboard } from "./keyboard.js";
import { live } from "./live.js";
import { margin } from "./margin.js";
import { mentions } from "./mentions.js";
import { menus } from "./menus.js";
import { pasting } from "./pasting.js";
import { quoting } from "./quoting.js";
import { refusals } from "./refusals.js";
import { screen } from "./screen.js";
import { session } from "./session.js";
import { timeBox } from "./time-box.js";
import { unsent } from "./unsent.js";
import { views } from "./views.js";

for (const improve of [agenda, bench, bigScreen, board, commented, compare, composer, consolePage, contents, copyLink, copyText, job, keptForm, keyboard, live, margin, mentions, menus, pasting, quoting, refusals, screen, session, timeBox, unsent, views]) improve(document);
