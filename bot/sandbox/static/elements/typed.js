// Fields to type in: plain text (one or many lines, with its counter), numbers, e-mail addresses, links; files are shown
// but can't be sent from this sandbox.

import { h } from "../dom.js";
import { plain } from "../render/text.js";
import { act, described, focusKey, remember, started, tells } from "./spot.js";

const ON_ENTER = "on_enter_pressed";
const ON_LETTER = "on_character_entered";

function triggers(given, spot) {
  if (!tells(spot)) return [];
  return given.dispatch_action_config?.trigger_actions_on ?? [ON_ENTER];
}

function listen(input, given, spot) {
  const when = triggers(given, spot);
  let timer = null;
  input.addEventListener("input", () => {
    remember(given, spot, input.value);
    if (!when.includes(ON_LETTER)) return;
    clearTimeout(timer);
    timer = setTimeout(() => act(given, spot, { chosen: input.value, control: input }), 300);
  });
  input.addEventListener("keydown", (event) => {
    const sends =
      event.key === "Enter" && !event.isComposing && (given.multiline ? event.ctrlKey || event.metaKey : true);
    if (!sends || !when.includes(ON_ENTER)) return;
    event.preventDefault();
    void act(given, spot, { chosen: input.value, control: input });
  });
}

export function plainInput(given, spot) {
  const attributes = {
    placeholder: plain(given.placeholder),
    dataset: { key: focusKey(given, spot), ...(given.focus_on_load ? { focus: "yes" } : {}) },
    ...described(spot, given),
  };
  const input = given.multiline
    ? h("textarea.input", { rows: 4, ...attributes })
    : h("input.input", { type: "text", autocomplete: "off", ...attributes });
  input.value = started(given, spot, given.initial_value ?? "") ?? "";
  listen(input, given, spot);
  return h("div.typed", {}, input, counter(input, given));
}

// Slack counts down once the end comes near, and says what is missing to the least length.
function counter(input, given) {
  if (!given.max_length && !given.min_length) return null;
  const node = h("div.counter", { "aria-live": "polite" });
  const show = () => {
    const length = [...input.value].length;
    const left = (given.max_length ?? 3000) - length;
    const short = (given.min_length ?? 0) - length;
    node.classList.toggle("over", left < 0);
    if (short > 0 && length > 0) node.textContent = `${short} more to go`;
    else node.textContent = given.max_length && left <= Math.max(40, given.max_length * 0.2) ? String(left) : "";
  };
  input.addEventListener("input", show);
  show();
  return node;
}

const MODES = {
  number_input: { inputmode: "decimal" },
  email_text_input: { inputmode: "email", autocapitalize: "off" },
  url_text_input: { inputmode: "url", autocapitalize: "off" },
};

const HINTS = { number_input: "", email_text_input: "name@example.com", url_text_input: "https://" };

export function lineInput(given, spot) {
  const input = h("input.input", {
    type: "text",
    autocomplete: "off",
    placeholder: plain(given.placeholder) || HINTS[given.type],
    dataset: { key: focusKey(given, spot), ...(given.focus_on_load ? { focus: "yes" } : {}) },
    ...MODES[given.type],
    ...described(spot, given),
  });
  input.value = started(given, spot, given.initial_value ?? "") ?? "";
  listen(input, given, spot);
  if (given.type === "number_input") input.addEventListener("keydown", (event) => step(event, input, given));
  return h("div.typed", { class: given.type === "number_input" ? "narrow" : null }, input);
}

function step(event, input, given) {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const next = (Number(input.value) || 0) + by;
  input.value = String(
    Math.min(Number(given.max_value ?? Infinity), Math.max(Number(given.min_value ?? -Infinity), next)),
  );
  input.dispatchEvent(new Event("input"));
}

export function fileInput(given, spot) {
  started(given, spot, []);
  return h(
    "div.file-input",
    {},
    h("button.button", { type: "button", disabled: true, ...described(spot, given) }, "Add files"),
    h("span.faint", {}, "Files can't be sent in the sandbox."),
  );
}
