// Block Kit, one function a block. `ctx` says where the blocks stand: {surface, form, act, suggest}. A block this page
// doesn't know shows what Slack shows: "This content can't be displayed".

import { h, picture } from "../dom.js";
import { element } from "../elements/index.js";
import { icon } from "../icons.js";
import { card, carousel } from "./cards.js";
import { chart } from "./charts.js";
import { container, plan, taskCard } from "./containers.js";
import { inputBlock } from "./input.js";
import { markdown } from "./markdown.js";
import { fileBlock, imageBlock, video } from "./media.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";
import { plain, textNodes } from "./text.js";

const RENDER = {
  section,
  actions: (block, ctx) => h("div.elements", {}, elements(block, ctx)),
  context,
  context_actions: (block, ctx) => h("div.elements.context-actions", {}, elements(block, ctx)),
  header: (block) =>
    h(`h${2 + Math.min(block.level ?? 1, 4)}.header.header-${block.level ?? 1}`, {}, textNodes(block.text)),
  divider: () => h("hr"),
  image: imageBlock,
  input: inputBlock,
  rich_text: richText,
  markdown: (block) => h("div.markdown", {}, markdown(block.text ?? "")),
  table,
  data_table: dataTable,
  data_visualization: chart,
  alert,
  card,
  carousel,
  container,
  task_card: taskCard,
  plan,
  video,
  file: fileBlock,
};

export function renderBlock(block, ctx) {
  const render = RENDER[block.type] ?? unknown;
  return h(
    `div.block.block-${block.type}`,
    { dataset: { block: block.block_id ?? "" } },
    render(block, ctx),
    h("div.act-warning", { role: "alert", hidden: true }),
  );
}

export const renderBlocks = (blocks, ctx) => (blocks ?? []).map((block) => renderBlock(block, ctx));

function elements(block, ctx) {
  return (block.elements ?? []).map((each) => element(each, { block, ctx }));
}

function section(block, ctx) {
  const accessory = block.accessory ? h("div.accessory", {}, element(block.accessory, { block, ctx })) : null;
  const words = h(
    "div.section-words",
    {},
    block.text ? h("div.section-text", {}, textNodes(block.text)) : null,
    fields(block.fields),
  );
  foldWhenLong(words, { block, ctx });
  return h("div.section", { class: accessory ? `with-${block.accessory.type}` : null }, words, accessory);
}

function fields(list) {
  if (!list?.length) return null;
  return h(
    "div.fields",
    {},
    list.map((field) => h("div.field", {}, textNodes(field))),
  );
}

// Slack folds a long section of a message unless `expand` is set.
function foldWhenLong(words, { block, ctx }) {
  const text = block.text?.text ?? "";
  if (ctx.surface !== "message" || block.expand || (text.length < 700 && text.split("\n").length < 9)) return;
  const body = words.firstElementChild;
  body.classList.add("folded");
  const more = h("button.see-more", { type: "button", "aria-expanded": "false" }, "See more");
  more.addEventListener("click", () => {
    const folded = body.classList.toggle("folded");
    more.textContent = folded ? "See more" : "See less";
    more.setAttribute("aria-expanded", String(!folded));
  });
  body.after(more);
}

function context(block) {
  return h(
    "div.context",
    {},
    (block.elements ?? []).map((each) =>
      each.type === "image"
        ? picture(each.image_url, each.alt_text, "img.context-image")
        : h("span.context-text", {}, textNodes(each)),
    ),
  );
}

const ALERT_ICONS = { default: "info", info: "info", warning: "warning", error: "error", success: "success" };

function alert(block) {
  const level = ALERT_ICONS[block.level] ? block.level : "default";
  return h(
    `div.alert.alert-${level}`,
    { role: "note", "aria-label": level === "default" ? "note" : level },
    icon(ALERT_ICONS[level]),
    h("div", {}, textNodes(block.text)),
  );
}

function unknown(block) {
  return h("p.unknown-block", {}, icon("info"), `This content can't be displayed (${plain(block.type)}).`);
}
