// The clock that moves: what time it is for the chosen person, the buttons that push it forward, a visible progress
// while the bot catches up, and afterwards a short list of what happened.

import * as api from "./api.js";
import { calendar } from "./calendar.js";
import { readTime } from "./elements/dates.js";
import { freshId, h, plural } from "./dom.js";
import { showHappened } from "./happened.js";
import { icon } from "./icons.js";
import { closePopover, openPopover, popoverOn } from "./popover.js";
import * as store from "./store.js";
import { clockTime, dayKey, format, momentOf } from "./time.js";
import { toast } from "./toast.js";

const progress = document.getElementById("progress");
let moving = false;
let parts = null;

export function clockBar() {
  const day = h("span.clock-day");
  const time = h("span.clock-time");
  const zone = h("span.clock-zone");
  const face = h(
    "button.clock-face",
    { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", title: "The sandbox's own clock" },
    icon("clock", 16),
    day,
    time,
    zone,
  );
  const go = h(
    "button.button.onbar",
    { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" },
    "Go to …",
  );
  const buttons = h("span.clock-buttons", { role: "group", "aria-label": "Move the clock" }, moves(), go);
  parts = { day, time, zone, face, buttons };
  face.addEventListener("click", () => (popoverOn(face) ? closePopover() : openGoTo(face, true)));
  go.addEventListener("click", () => (popoverOn(go) ? closePopover() : openGoTo(go, false)));
  for (const topic of ["clock", "workspace", "me"]) store.on(topic, tick);
  setInterval(tick, 5000);
  return h("div.clock", { role: "group", "aria-label": "Clock" }, face, buttons);
}

function moves() {
  const button = (words, body, sign, title) =>
    h(
      "button.button.onbar",
      { type: "button", title, onclick: () => move(body, words) },
      sign ? icon(sign, 16) : null,
      h("span", {}, words),
    );
  return [
    button("Next event", { next: true }, "next", "Forward to the next thing the bot does"),
    button("+5 min", { plus: { minutes: 5 } }, null, "Five minutes forward: a session moves on"),
    button("+1 day", { plus: { days: 1 } }, null, "One day forward"),
    button("+1 week", { plus: { days: 7 } }, null, "One week forward"),
  ];
}

function tick() {
  if (!parts || !store.state.workspace) return;
  const { tz, tz_label } = store.reader();
  const now = store.now();
  parts.day.textContent = format(now, tz, { weekday: "short", month: "short", day: "numeric", year: "numeric" });
  parts.time.textContent = clockTime(now, tz);
  parts.zone.textContent = (tz_label ?? tz).replaceAll("_", " ");
  parts.face.setAttribute(
    "aria-label",
    `It is ${parts.day.textContent}, ${parts.time.textContent}, ${parts.zone.textContent}. Choose another time`,
  );
  if (moving) parts.words.textContent = `${parts.aim} · now ${parts.day.textContent}, ${parts.time.textContent}`;
}

// On a narrow page the buttons live in the panel of the clock itself.
function openGoTo(anchor, withMoves) {
  const { tz, tz_label } = store.reader();
  const today = dayKey(store.now(), tz);
  const id = freshId("time");
  const time = h("input.input", { id, type: "text", value: "9:00 AM", autocomplete: "off" });
  const pick = (day) => {
    const clock = readTime(time.value);
    if (!clock) return toast("Write the time like 9:00 AM or 14:30.", "warning");
    const to = momentOf(day, clock, tz);
    if (to <= store.now()) return toast("The clock only runs forward. Pick a later moment.", "warning");
    closePopover();
    return move({ to: new Date(to * 1000).toISOString() }, "Go to date");
  };
  const month = calendar({ chosen: null, today, pick });
  const moveRow = withMoves ? h("div.elements.only-narrow", { onclick: () => closePopover() }, moves()) : null;
  openPopover(
    anchor,
    h(
      "div.go-to",
      {},
      moveRow,
      h("div.panel-title", {}, "Go to a day"),
      h("div.go-to-time", {}, h("label", { for: id }, "at"), time, h("span.faint", {}, tz_label ?? tz)),
      month.node,
    ),
    { label: "Go to a day" },
  );
  month.focus();
}

async function move(body, words) {
  if (moving) return;
  begin(words);
  const before = store.now();
  const answer = await api.post("/clock", body);
  end();
  if (!answer.ok) return toast(answer.error ?? "The clock did not move.", "warning");
  store.setClock(answer.clock);
  await Promise.all([store.loadWorkspace(), store.loadSidebar()]);
  store.emit("moved");
  const happened = answer.happened ?? [];
  showHappened(happened, {
    moved: moved(answer.moved_seconds ?? store.now() - before),
    total: answer.happened_total ?? happened.length,
  });
}

function moved(seconds) {
  if (seconds < 3570) return `${plural(Math.max(Math.round(seconds / 60), 0), "minute")} later`;
  if (seconds < 172800) return `${plural(Math.round(seconds / 3600), "hour")} later`;
  return `${plural(Math.round(seconds / 86400), "day")} later`;
}

function begin(words) {
  moving = true;
  parts.aim = words;
  parts.words = h("span.progress-words", {}, `${words} …`);
  progress.hidden = false;
  progress.replaceChildren(
    h("div.progress-bar", { role: "progressbar", "aria-label": "The clock is moving" }),
    parts.words,
  );
  parts.buttons.setAttribute("aria-busy", "true");
  for (const button of parts.buttons.querySelectorAll("button")) button.disabled = true;
}

function end() {
  moving = false;
  progress.hidden = true;
  progress.replaceChildren();
  parts.buttons.removeAttribute("aria-busy");
  for (const button of parts.buttons.querySelectorAll("button")) button.disabled = false;
}
