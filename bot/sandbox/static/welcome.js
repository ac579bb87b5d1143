// "Start here": what to click first, one line a step; a step may run a command as the right person.
// Dismissed once, it stays away until the question mark in the top bar brings it back.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import * as store from "./store.js";

const key = () => `start-here ${store.state.workspace.team.id}`;
const done = new Set();
let panel = null;
let runCommand = () => {};

/** `run(text)` types and sends a command once the place has settled. */
export function startWelcome(run) {
  runCommand = run;
  if (localStorage.getItem(key()) !== "seen") toggleWelcome();
  store.on("me", () => panel && showWelcome());
}

export function toggleWelcome() {
  if (panel) return hideWelcome();
  showWelcome();
  // On a narrow page the steps lie in the folded sidebar.
  return document.getElementById("shell").classList.toggle("with-sidebar", panel !== null);
}

function showWelcome() {
  const steps = store.state.workspace.start_here ?? [];
  if (!steps.length) return;
  panel?.remove();
  panel = h(
    "section.welcome",
    { "aria-label": "Start here" },
    h(
      "div.welcome-head",
      {},
      h("strong", {}, "Start here"),
      h("button.icon-button", { type: "button", "aria-label": "Dismiss", onclick: hideWelcome }, icon("close", 16)),
    ),
    h("ol.welcome-steps", {}, steps.map(step)),
    h("p", {}, "A pretend workspace: nothing leaves your machine. Move the clock above to see the bot at work."),
  );
  document.getElementById("sidebar").append(panel);
}

function hideWelcome() {
  localStorage.setItem(key(), "seen");
  panel?.remove();
  panel = null;
}

/** A person by id, full name or handle. */
export const personNamed = (as) =>
  store.state.people.get(as) ??
  [...store.state.people.values()].find((each) => each.real_name === as || each.name === as);

function step(each, at) {
  const person = each.as ? personNamed(each.as) : null;
  const isMe = person?.id === store.state.me;
  const words = each.command
    ? each.command
    : person
      ? isMe
        ? "Show me"
        : `Be ${person.real_name.split(" ")[0]}`
      : null;
  const needed = Boolean(each.command) || (person && !isMe);
  const button = needed
    ? h(
        "button.button",
        { type: "button", onclick: () => run(each, { person, at }) },
        person ? avatar(person, 18) : null,
        words,
      )
    : null;
  return h("li", { class: done.has(at) ? "done" : null }, h("span", {}, each.text), button);
}

async function run(each, { person, at }) {
  done.add(at);
  if (person && person.id !== store.state.me) {
    const settled = new Promise((resolve) => {
      const off = store.on("settled", () => {
        off();
        resolve();
      });
    });
    location.hash = `#/${person.id}`;
    await settled;
  } else showWelcome();
  if (each.command) runCommand(each.command);
}
