// card and carousel: a picture, a title, a few words and up to three buttons; a carousel moves sideways by scrolling,
// by its arrows or by the arrow keys.

import { h, picture } from "../dom.js";
import { element } from "../elements/index.js";
import { icon } from "../icons.js";
import { textNodes } from "./text.js";

export function card(block, ctx) {
  const buttons = (block.actions ?? []).map((each) => element(each, { block, ctx }));
  return h(
    "article.card",
    {},
    block.hero_image ? picture(block.hero_image.image_url, block.hero_image.alt_text, "img.card-hero") : null,
    h(
      "div.card-body",
      {},
      h(
        "div.card-head",
        {},
        block.icon ? picture(block.icon.image_url, block.icon.alt_text, "img.card-icon") : null,
        h(
          "div",
          {},
          block.title ? h("div.card-title", {}, textNodes(block.title)) : null,
          block.subtitle ? h("div.faint", {}, textNodes(block.subtitle)) : null,
        ),
      ),
      block.body ? h("div.card-text", {}, textNodes(block.body)) : null,
      block.subtext ? h("div.faint", {}, textNodes(block.subtext)) : null,
      buttons.length ? h("div.elements", {}, buttons) : null,
    ),
  );
}

export function carousel(block, ctx) {
  const cards = (block.elements ?? []).map((each) => card({ ...each, block_id: each.block_id ?? block.block_id }, ctx));
  const row = h("div.carousel-row", { tabindex: "0", role: "group", "aria-label": `${cards.length} cards` }, cards);
  const move = (by) => row.scrollBy({ left: by * (row.firstElementChild?.offsetWidth ?? 260), behavior: "smooth" });
  const arrow = (by, name, sign) =>
    h(
      `button.carousel-arrow.carousel-${name}`,
      { type: "button", "aria-label": `${name} card`, onclick: () => move(by) },
      icon(sign, 16),
    );
  return h(
    "div.carousel",
    {},
    row,
    cards.length > 1 ? h("div.carousel-arrows", {}, arrow(-1, "previous", "left"), arrow(1, "next", "right")) : null,
  );
}
