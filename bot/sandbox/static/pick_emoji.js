// A small search for one emoji.

import { h } from "./dom.js";
import { EMOJI, emojiLike } from "./emoji.js";
import { icon } from "./icons.js";
import { listbox } from "./listbox.js";
import { closePopover, openPopover, popoverOn } from "./popover.js";

const OFTEN = ["+1", "tada", "heart", "eyes", "raised_hands", "white_check_mark", "pray", "joy"];

export function pickEmoji(anchor, take) {
  if (popoverOn(anchor)) return closePopover();
  const list = listbox({
    label: "Emoji",
    pick: (entry) => {
      closePopover();
      take(entry.key);
    },
  });
  const search = h("input.search", {
    type: "text",
    placeholder: "Search emoji",
    "aria-label": "Search emoji",
    autocomplete: "off",
  });
  const refresh = () => {
    const names = search.value ? emojiLike(search.value.trim().toLowerCase(), 30) : OFTEN;
    list.show(
      names.map((name) => ({ key: name, text: `:${name}:`, lead: h("span.list-lead", {}, EMOJI.get(name)) })),
      "No such emoji",
      true,
    );
  };
  list.tie(search);
  search.addEventListener("input", refresh);
  search.addEventListener("keydown", (event) => list.keydown(event));
  refresh();
  openPopover(anchor, h("div.select-panel", {}, h("div.search-frame", {}, icon("search", 16), search), list.node), {
    label: "Emoji",
  });
  return search.focus();
}
