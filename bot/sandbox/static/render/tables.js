// table and data_table: rows of raw text, raw numbers or rich text; a data_table has a caption, sorts by a click on a
// heading and turns pages.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "./rich_text.js";

export function table(block) {
  const [head, ...rows] = block.rows ?? [];
  return h(
    "div.table-frame",
    { tabindex: "0", role: "region", "aria-label": "Table" },
    h("table.table", {}, headRow(head, block.column_settings), body(rows, block.column_settings)),
  );
}

function headRow(cells, settings) {
  return h(
    "thead",
    {},
    h(
      "tr",
      {},
      (cells ?? []).map((cell, at) => h("th", { scope: "col", class: look(settings?.[at]) }, content(cell))),
    ),
  );
}

function body(rows, settings) {
  return h(
    "tbody",
    {},
    rows.map((row) =>
      h(
        "tr",
        {},
        row.map((cell, at) => h("td", { class: look(settings?.[at], cell) }, content(cell))),
      ),
    ),
  );
}

function look(setting, cell) {
  const align = setting?.align ?? (cell?.type === "raw_number" ? "right" : "left");
  return `align-${["left", "center", "right"].includes(align) ? align : "left"}${setting?.is_wrapped ? " wrapped" : ""}`;
}

function content(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  return String(cell?.text ?? cell?.value ?? cell?.number ?? "");
}

const words = (cell) => h("span", {}, content(cell)).textContent;
const rank = (cell) => (cell?.type === "raw_number" ? Number(cell.value ?? cell.number ?? cell.text) : NaN);

function compare(one, other) {
  const numbers = [rank(one), rank(other)];
  if (numbers.every(Number.isFinite)) return numbers[0] - numbers[1];
  return words(one).localeCompare(words(other), "en", { numeric: true });
}

export function dataTable(block) {
  const [head, ...rows] = block.rows ?? [];
  const size = block.page_size ?? 10;
  const view = { page: 0, column: null, up: true };
  const frame = h("div.data-table");
  const draw = (focus) => {
    const sorted =
      view.column === null
        ? rows
        : [...rows].sort((a, b) => compare(a[view.column], b[view.column]) * (view.up ? 1 : -1));
    const shown = sorted.slice(view.page * size, (view.page + 1) * size);
    frame.replaceChildren(
      h(
        "div.table-frame",
        { tabindex: "0", role: "region", "aria-label": caption(block) },
        h(
          "table.table",
          {},
          h("caption", {}, caption(block)),
          sortableHead(head, { view, draw }),
          body(shown, block.column_settings),
        ),
      ),
      pager({ view, pages: Math.ceil(rows.length / size), total: rows.length, draw }) ?? "",
    );
    if (focus) frame.querySelector(focus)?.focus();
  };
  draw();
  return frame;
}

const caption = (block) => (typeof block.caption === "string" ? block.caption : (block.caption?.text ?? "Table"));

function sortableHead(cells, { view, draw }) {
  const heading = (cell, at) => {
    const sorted = view.column === at;
    const sort = () => {
      view.up = sorted ? !view.up : true;
      view.column = at;
      view.page = 0;
      draw(`th:nth-child(${at + 1}) button`);
    };
    return h(
      "th",
      { scope: "col", "aria-sort": sorted ? (view.up ? "ascending" : "descending") : null },
      h(
        "button.sort",
        { type: "button", onclick: sort },
        content(cell),
        sorted ? h(`span.sort-mark${view.up ? ".up" : ""}`, {}, icon("down", 14)) : null,
      ),
    );
  };
  return h("thead", {}, h("tr", {}, (cells ?? []).map(heading)));
}

function pager({ view, pages, total, draw }) {
  if (pages < 2) return null;
  const turn = (by, name) =>
    h(
      "button.pager-button",
      {
        type: "button",
        class: `turn-${name}`,
        "aria-label": `${name} page`,
        disabled: view.page + by < 0 || view.page + by >= pages,
        onclick: () => {
          view.page += by;
          draw(`.turn-${name}`);
        },
      },
      icon(by < 0 ? "left" : "right", 16),
    );
  return h(
    "div.pager",
    {},
    turn(-1, "previous"),
    h("span", {}, `Page ${view.page + 1} of ${pages} · ${total} rows`),
    turn(1, "next"),
  );
}
