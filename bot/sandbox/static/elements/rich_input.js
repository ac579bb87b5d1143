// rich_text_input: a small editor for bold, italic, strike, code, lists and quotes. What the bot gets is a rich_text
// block read back from the nodes.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "../render/text.js";
import { richText } from "../render/rich_text.js";
import { act, described, focusKey, remember, started, tells } from "./spot.js";

const TOOLS = [
  ["bold", "Bold", "bold"],
  ["italic", "Italic", "italic"],
  ["strike", "Strikethrough", "strikeThrough"],
  ["list", "Bulleted list", "insertUnorderedList"],
];

export function richInput(given, spot) {
  const area = h("div.input.rich-area", {
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    dataset: {
      key: focusKey(given, spot),
      placeholder: plain(given.placeholder),
      ...(given.focus_on_load ? { focus: "yes" } : {}),
    },
    style: { "min-height": `${(given.min_lines ?? 3) * 22 + 18}px` },
    ...described(spot, given),
    "aria-label": spot.field?.label ?? "Text",
  });
  const before = started(given, spot, given.initial_value ?? null);
  if (before) area.append(...richText(before).childNodes);
  area.addEventListener("input", () => remember(given, spot, blockOf(area)));
  area.addEventListener("paste", pasteAsText);
  area.addEventListener("blur", () => tells(spot) && act(given, spot, { chosen: blockOf(area), control: area }));
  return h("div.rich-input", {}, toolbar(area), area);
}

function toolbar(area) {
  const tool = ([sign, name, command]) =>
    h(
      "button.icon-button",
      {
        type: "button",
        "aria-label": name,
        title: name,
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => run(area, command),
      },
      icon(sign, 16),
    );
  return h("div.rich-tools", { role: "toolbar", "aria-label": "Formatting" }, TOOLS.map(tool));
}

function run(area, command) {
  area.focus();
  document.execCommand(command);
  area.dispatchEvent(new Event("input"));
}

function pasteAsText(event) {
  event.preventDefault();
  document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
}

/** The rich_text block that says what stands in the editor, or null when it is empty. */
export function blockOf(area) {
  const elements = [];
  let line = [];
  const flush = () => {
    if (line.length) elements.push({ type: "rich_text_section", elements: line });
    line = [];
  };
  for (const node of area.childNodes) {
    if (/^(UL|OL)$/.test(node.nodeName)) {
      flush();
      elements.push(listOf(node));
    } else if (/^(DIV|P|BLOCKQUOTE)$/.test(node.nodeName)) {
      flush();
      const inside = inlines(node, {});
      if (inside.length)
        elements.push({
          type: node.nodeName === "BLOCKQUOTE" ? "rich_text_quote" : "rich_text_section",
          elements: inside,
        });
    } else line.push(...inlines(node, {}));
  }
  flush();
  return elements.length ? { type: "rich_text", elements } : null;
}

function listOf(node) {
  const items = [...node.children].map((item) => ({ type: "rich_text_section", elements: inlines(item, {}) }));
  return { type: "rich_text_list", style: node.nodeName === "OL" ? "ordered" : "bullet", elements: items };
}

const STYLE_OF = {
  B: "bold",
  STRONG: "bold",
  I: "italic",
  EM: "italic",
  S: "strike",
  STRIKE: "strike",
  DEL: "strike",
  CODE: "code",
  U: "underline",
};

function inlines(node, style) {
  if (node.nodeType === Node.TEXT_NODE) return node.data ? [piece(node.data, style)] : [];
  if (node.nodeName === "BR") return [piece("\n", style)];
  if (node.dataset?.person) return [{ type: "user", user_id: node.dataset.person }];
  const own = STYLE_OF[node.nodeName];
  const inner = own ? { ...style, [own]: true } : style;
  return [...node.childNodes].flatMap((child) => inlines(child, inner));
}

const piece = (text, style) => (Object.keys(style).length ? { type: "text", text, style } : { type: "text", text });
