// A month to pick a day from: arrow keys move by day and week, Page Up and Down by month, Home and End within the week.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { format, isoDay } from "./time.js";

const DAY = 86400;
const unixOf = (iso) => Date.parse(`${iso}T12:00:00Z`) / 1000;
const isoOf = (unix) => new Date(unix * 1000).toISOString().slice(0, 10);
const WEEK = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/** `chosen` and `today` are YYYY-MM-DD; `pick(day)` runs on Enter and click. */
export function calendar({ chosen, today, pick }) {
  const node = h("div.calendar");
  const view = { node, chosen, today, pick, at: chosen || today };
  draw(view);
  node.addEventListener("keydown", (event) => keys(event, view));
  return { node, focus: () => node.querySelector("[tabindex='0'].day")?.focus() };
}

function draw(view, focus = false) {
  const noon = unixOf(view.at);
  const title = format(noon, "UTC", { month: "long", year: "numeric" });
  const turn = (by, name, sign) =>
    h(
      "button.icon-button",
      { type: "button", "aria-label": name, onclick: () => shift(view, months(view.at, by)) },
      icon(sign, 16),
    );
  view.node.replaceChildren(
    h(
      "div.calendar-head",
      {},
      turn(-1, "Previous month", "left"),
      h("strong", { "aria-live": "polite" }, title),
      turn(1, "Next month", "right"),
    ),
    h(
      "table.calendar-days",
      { role: "grid", "aria-label": title },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          WEEK.map((day) => h("th", { scope: "col" }, day)),
        ),
      ),
      h("tbody", {}, weeks(view)),
    ),
    h("button.text-button", { type: "button", onclick: () => shift(view, view.today) }, "Today"),
  );
  if (focus) view.node.querySelector("[tabindex='0'].day").focus();
}

function weeks(view) {
  const month = view.at.slice(0, 7);
  const first = unixOf(`${month}-01`);
  const weekday = (new Date(first * 1000).getUTCDay() + 6) % 7;
  const rows = [];
  for (let start = first - weekday * DAY; start < first || isoOf(start).startsWith(month); start += 7 * DAY) {
    rows.push(
      h(
        "tr",
        {},
        WEEK.map((_, at) => cell(view, isoOf(start + at * DAY))),
      ),
    );
  }
  return rows;
}

function cell(view, day) {
  const marks = [
    day === view.today ? "today" : "",
    day === view.chosen ? "chosen" : "",
    day.startsWith(view.at.slice(0, 7)) ? "" : "other",
  ];
  const name = format(unixOf(day), "UTC", { weekday: "long", month: "long", day: "numeric", year: "numeric" });
  const button = h(
    "button.day",
    {
      type: "button",
      class: marks.join(" "),
      tabindex: day === view.at ? "0" : "-1",
      "aria-label": name,
      "aria-current": day === view.today ? "date" : null,
      dataset: { day },
      onclick: () => view.pick(day),
    },
    String(Number(day.slice(8))),
  );
  return h("td", { role: "gridcell", "aria-selected": day === view.chosen ? "true" : null }, button);
}

function shift(view, day) {
  view.at = day;
  draw(view, true);
}

function months(day, by) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + by + 1, 0)).getUTCDate();
  const moved = new Date(Date.UTC(year, month - 1 + by, Math.min(date, last)));
  return isoDay({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
}

function keys(event, view) {
  if (!event.target.matches(".day")) return;
  const weekday = (new Date(unixOf(view.at) * 1000).getUTCDay() + 6) % 7;
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekday, End: 6 - weekday }[event.key];
  const to =
    days !== undefined
      ? isoOf(unixOf(view.at) + days * DAY)
      : { PageUp: months(view.at, -1), PageDown: months(view.at, 1) }[event.key];
  if (!to) return;
  event.preventDefault();
  shift(view, to);
}
