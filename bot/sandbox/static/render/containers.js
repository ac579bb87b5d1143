// Blocks that hold blocks: container (collapsible), plan and task_card.

import { h, picture } from "../dom.js";
import { icon } from "../icons.js";
import { renderBlocks } from "./blocks.js";
import { richText } from "./rich_text.js";
import { link } from "./mentions.js";
import { textNodes } from "./text.js";

const WIDTHS = ["narrow", "standard", "wide", "full"];

export function container(block, ctx) {
  const width = WIDTHS.includes(block.width) ? block.width : "standard";
  const inside = h("div.container-inside", {}, renderBlocks(block.child_blocks, ctx));
  if (!block.is_collapsible) {
    return h(
      `section.container.width-${width}`,
      { class: block.has_header_divider ? "ruled" : null },
      h("div.container-head", {}, head(block)),
      inside,
    );
  }
  return h(
    `details.container.width-${width}`,
    { open: !block.default_collapsed },
    h("summary.container-head", {}, h("span.fold-mark", {}, icon("right", 16)), head(block)),
    inside,
  );
}

function head(block) {
  return [
    block.icon ? picture(block.icon.image_url, block.icon.alt_text, "img.card-icon") : null,
    h(
      "div",
      {},
      h("div.card-title", {}, block.rich_text_title ? richText(block.rich_text_title) : textNodes(block.title)),
      block.subtitle ? h("div.faint", {}, textNodes(block.subtitle)) : null,
    ),
  ];
}

const STATES = {
  pending: ["clock", "waiting"],
  in_progress: ["next", "at work"],
  complete: ["success", "done"],
  error: ["error", "failed"],
};

export function taskCard(block) {
  const [mark, words] = STATES[block.status] ?? STATES.pending;
  return h(
    `div.task.task-${block.status}`,
    {},
    icon(mark),
    h(
      "div",
      {},
      h("div", {}, h("strong", {}, textNodes(block.title)), h("span.faint", {}, ` ${words}`)),
      block.details ? richText(block.details) : null,
      block.output ? richText(block.output) : null,
      (block.sources ?? []).map((source) => h("div", {}, link(source.url, source.text ?? source.url))),
    ),
  );
}

export function plan(block) {
  return h("div.plan", {}, h("div.card-title", {}, textNodes(block.title)), (block.tasks ?? []).map(taskCard));
}
