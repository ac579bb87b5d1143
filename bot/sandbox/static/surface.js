// A place where blocks stand: one message, one modal, the Home tab. It draws only blocks that changed, so a field
// somebody types in is left alone, and carries clicks to the bot with all that is typed on the same surface.

import * as api from "./api.js";
import { icon } from "./icons.js";
import { Form } from "./form.js";
import { renderBlock } from "./render/blocks.js";
import { nameOf, now, reader, state } from "./store.js";
import { dayKey } from "./time.js";

/** kind: "message" | "modal" | "home"; where(): the place as the control API names it. */
export function makeSurface(kind, where, channel = null) {
  const me = state.me;
  const form = new Form();
  const surface = { form, container: null, drawn: new Map() };
  surface.ctx = {
    surface: kind,
    form,
    channel,
    act: (what, control) => click({ surface, me, where }, what, control),
    suggest: (what) => api.act(me, "suggest", { where: where(), ...what }),
  };
  surface.patch = (container, blocks) => patch(surface, container, blocks ?? []);
  return surface;
}

async function click({ surface, me, where }, what, control) {
  const body = { where: where(), ...what };
  if (!surface.form.empty) body.values = surface.form.values();
  control?.setAttribute("aria-busy", "true");
  clearWarnings(surface);
  const answer = await api.act(me, "click", body);
  control?.removeAttribute("aria-busy");
  if (!answer.ok) warn(surface, what.block_id, answer.error);
  return answer;
}

function clearWarnings(surface) {
  for (const slot of surface.container?.querySelectorAll(".act-warning") ?? []) slot.hidden = true;
}

function warn(surface, blockId, sentence) {
  const blocks = [...(surface.container?.querySelectorAll(".block") ?? [])];
  const block = blocks.find((each) => each.dataset.block === blockId) ?? blocks.at(-1);
  const slot = block?.querySelector(":scope > .act-warning");
  if (!slot) return;
  slot.replaceChildren(icon("warning", 16), `${appSays(sentence)}`);
  slot.hidden = false;
}

/** What Slack says when the app is silent, else the sentence of the server. */
export function appSays(sentence) {
  const name = state.workspace?.bot ? nameOf(state.workspace.bot.user_id) : "The app";
  if (!sentence) return `${name} did not respond. Try again in a moment.`;
  return sentence[0].toUpperCase() + sentence.slice(1);
}

/** What makes two drawings of the same JSON differ: names, and "today" in dates. */
export function signature(given) {
  const text = JSON.stringify(given);
  const day = text.includes("date") ? dayKey(now(), reader().tz) : "";
  return `${state.namesVersion}|${day}|${text}`;
}

function patch(surface, container, blocks) {
  const focus = rememberFocus(container);
  const fresh = new Map();
  const nodes = blocks.map((block, at) => {
    const key = fresh.has(block.block_id) || !block.block_id ? `#${at}` : block.block_id;
    const sign = signature(block);
    const before = surface.drawn.get(key);
    const node =
      before?.sign === sign && before.node.parentNode === container ? before.node : renderBlock(block, surface.ctx);
    fresh.set(key, { sign, node });
    return node;
  });
  surface.form.keep(blockIds(blocks));
  surface.drawn = fresh;
  surface.container = container;
  arrange(container, nodes);
  restoreFocus(container, focus);
}

function blockIds(blocks, found = new Set()) {
  for (const block of blocks) {
    found.add(block.block_id ?? "");
    blockIds(block.child_blocks ?? [], found);
    if (block.type === "carousel") blockIds(block.elements ?? [], found);
  }
  return found;
}

/** Puts the nodes into the container in this order, moving only what is out of place. */
export function arrange(container, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...container.childNodes]) if (!wanted.has(child)) child.remove();
  let cursor = container.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else container.insertBefore(node, cursor);
  }
}

export function rememberFocus(container) {
  const held = document.activeElement;
  if (!held || !container.contains(held) || !held.dataset.key) return null;
  const selection = "selectionStart" in held ? [held.selectionStart, held.selectionEnd] : null;
  return { held, key: held.dataset.key, selection };
}

export function restoreFocus(container, focus) {
  if (!focus || document.activeElement === focus.held) return;
  const again = [...container.querySelectorAll("[data-key]")].find((node) => node.dataset.key === focus.key);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (focus.selection && focus.selection[0] !== null) again.setSelectionRange?.(...focus.selection);
}
