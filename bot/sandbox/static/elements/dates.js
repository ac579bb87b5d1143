// datepicker, timepicker and datetimepicker. The first two hold wall times ("2026-03-12", "09:30") and belong to no
// zone; the third holds Unix seconds and is shown in the zone of the person who looks.

import { calendar } from "../calendar.js";
import { freshId, h } from "../dom.js";
import { icon } from "../icons.js";
import { closePopover, openPopover, popoverOn } from "../popover.js";
import { plain } from "../render/text.js";
import * as store from "../store.js";
import { dayKey, format, isoTime, momentOf } from "../time.js";
import { choose, described, focusKey, started } from "./spot.js";

const today = () => dayKey(store.now(), store.reader().tz);
const dayWords = (day) =>
  format(Date.parse(`${day}T12:00:00Z`) / 1000, "UTC", {
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
  });

export function datePicker(given, spot) {
  let day = started(given, spot, given.initial_date ?? null);
  const holder = h("div.date");
  const picked = async (next) => {
    const before = day;
    day = next;
    show();
    if (!(await choose(given, spot, { value: next, control: button }))) day = before;
    show();
  };
  const button = dayButton(given, spot, { get: () => day, picked });
  const show = () => showDay(button, day, plain(given.placeholder) || "Select a date");
  show();
  holder.append(button);
  if (spot.block.optional) holder.append(clearButton(() => day !== null && picked(null)));
  return holder;
}

function clearButton(clear) {
  return h("button.icon-button", { type: "button", "aria-label": "Clear the date", onclick: clear }, icon("close", 14));
}

function dayButton(given, spot, { get, picked }) {
  const button = h("button.date-button", {
    type: "button",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    dataset: { key: focusKey(given, spot) },
    ...described(spot, given),
  });
  const open = () => {
    if (popoverOn(button)) return closePopover();
    const pick = (day) => {
      closePopover();
      void picked(day);
    };
    const month = calendar({ chosen: get(), today: today(), pick });
    openPopover(button, month.node, { label: "Choose a date" });
    return month.focus();
  };
  button.addEventListener("click", open);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    open();
  });
  button.dataset.name = spot.field?.label ?? given.accessibility_label ?? "Date";
  return button;
}

function showDay(button, day, placeholder) {
  button.replaceChildren(
    icon("calendar", 16),
    h(day ? "span" : "span.placeholder", {}, day ? dayWords(day) : placeholder),
  );
  button.setAttribute("aria-label", `${button.dataset.name}: ${day ? dayWords(day) : placeholder}`);
  button.dataset.value = day ?? "";
}

const TIMES = Array.from(
  { length: 48 },
  (_, at) => `${String(Math.floor(at / 2)).padStart(2, "0")}:${at % 2 ? "30" : "00"}`,
);
const timeWords = (time) =>
  format(Date.parse(`2026-01-01T${time}:00Z`) / 1000, "UTC", { hour: "numeric", minute: "2-digit" });

/** "9", "9:30", "930", "9pm", "21.15" as HH:mm, or null. */
export function readTime(typed) {
  const found = typed
    .trim()
    .toLowerCase()
    .match(/^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?$/);
  if (!found) return null;
  const minute = Number(found[2] ?? 0);
  let hour = Number(found[1]);
  if (found[3] === "p" && hour < 12) hour += 12;
  if (found[3] === "a" && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function timeField({ attributes, get, picked, placeholder }) {
  const choices = h(
    "datalist",
    { id: freshId("times") },
    TIMES.map((time) => h("option", { value: timeWords(time) })),
  );
  const input = h("input.time-input", {
    type: "text",
    autocomplete: "off",
    placeholder,
    ...attributes,
    list: choices.id,
  });
  const show = () => {
    input.value = get() ? timeWords(get()) : "";
  };
  input.addEventListener("change", () => {
    const time = input.value.trim() === "" ? null : readTime(input.value);
    if (input.value.trim() === "" || time) picked(time);
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") input.dispatchEvent(new Event("change"));
  });
  show();
  return h("span.time", {}, h("span.time-frame", {}, icon("clock", 16), input), choices);
}

export function timePicker(given, spot) {
  let time = started(given, spot, given.initial_time ?? null);
  const picked = async (next) => {
    if (next === time) return;
    const before = time;
    time = next;
    if (!(await choose(given, spot, { value: next, control: node.querySelector("input") }))) time = before;
  };
  const attributes = { dataset: { key: focusKey(given, spot) }, ...described(spot, given) };
  const node = timeField({
    attributes,
    get: () => time,
    picked,
    placeholder: plain(given.placeholder) || "Select a time",
  });
  if (given.timezone) node.append(h("span.zone", {}, given.timezone.replaceAll("_", " ")));
  return node;
}

export function dateTimePicker(given, spot) {
  const tz = store.reader().tz;
  let moment = started(given, spot, given.initial_date_time ?? null);
  const wall = { day: moment ? dayKey(moment, tz) : null, time: moment ? isoTime(moment, tz) : null };
  const settle = async () => {
    showDay(button, wall.day, "Select a date");
    if (!wall.day || !wall.time) return;
    const next = momentOf(wall.day, wall.time, tz);
    if (next === moment) return;
    moment = next;
    await choose(given, spot, { value: next, control: button });
  };
  const button = dayButton(given, spot, {
    get: () => wall.day,
    picked: (day) => {
      wall.day = day;
      return settle();
    },
  });
  const attributes = {
    "aria-label": `${spot.field?.label ?? "Date"}: time`,
    dataset: { key: focusKey(given, spot, "time") },
  };
  const time = timeField({
    attributes,
    get: () => wall.time,
    picked: (next) => {
      wall.time = next;
      return settle();
    },
    placeholder: "Time",
  });
  showDay(button, wall.day, "Select a date");
  return h("div.date.date-time", {}, button, time, h("span.zone", {}, store.reader().tz_label ?? tz));
}
