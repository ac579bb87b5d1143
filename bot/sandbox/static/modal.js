// The modals of the chosen person: the top one of the stack is shown, those below keep what is typed in them. Esc and
// the cross close (the bot hears of it when it asked to), Enter in a one-line field submits.

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { focusables, freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { openLayer } from "./layers.js";
import { plain } from "./render/text.js";
import { showErrors } from "./render/input.js";
import * as store from "./store.js";
import { appSays, makeSurface } from "./surface.js";

const stack = new Map();
let layer = null;
let shown = null;

export function refreshModals() {
  const me = store.state.me;
  return store.once(`modals ${me}`, async () => {
    const answer = await api.modals(me);
    if (answer.ok && me === store.state.me) show(answer.views);
  });
}

/** Takes every modal off the screen, without a word to the bot: another person is looking now. */
export function dropModals() {
  show([]);
}

function show(views) {
  const ids = new Set(views.map((view) => view.id));
  for (const id of stack.keys()) if (!ids.has(id)) stack.delete(id);
  for (const view of views) stack.set(view.id, patched(stack.get(view.id), view, views.length));
  const top = views.length ? stack.get(views.at(-1).id) : null;
  if (top === shown) return top && keepFocus(top);
  layer?.close();
  shown = top;
  if (!top) {
    layer = null;
    return;
  }
  layer = openLayer(top.box, { escape: () => close(top, false), beside: false });
  focusFirst(top);
}

// A form that turned into its result took the focused button away: the keyboard goes on at the top of the new one.
function keepFocus(modal) {
  if (document.activeElement && document.activeElement !== document.body) return;
  modal.body.parentElement.scrollTop = 0;
  focusFirst(modal);
}

function patched(modal, view, depth) {
  const made = modal ?? build(view);
  made.view = view;
  made.title.textContent = plain(view.title);
  made.back.hidden = depth < 2;
  made.surface.form.recall(view.state?.values);
  made.surface.patch(made.body, view.blocks);
  buttons(made, view);
  return made;
}

function build(view) {
  const id = freshId("modal");
  const modal = {
    surface: makeSurface("modal", () => ({ type: "view", view_id: view.id })),
    me: store.state.me,
    wide: false,
  };
  modal.title = h("h2", { id });
  modal.back = h(
    "button.icon-button",
    { type: "button", "aria-label": "Back", onclick: () => close(modal, false) },
    icon("back"),
  );
  modal.cross = h(
    "button.icon-button",
    { type: "button", "aria-label": "Close", onclick: () => close(modal, true) },
    icon("close"),
  );
  modal.body = h("div.blocks");
  modal.problem = h("div.modal-problem", { role: "alert", hidden: true });
  modal.foot = h("div.dialog-foot");
  modal.box = h(
    "form.dialog.modal",
    { role: "dialog", "aria-modal": "true", "aria-labelledby": id, novalidate: true, dataset: { view: view.id } },
    h(
      "div.dialog-head",
      {},
      modal.back,
      avatar(store.who(store.state.workspace.bot.user_id), 24),
      modal.title,
      modal.cross,
    ),
    h("div.dialog-body", {}, modal.problem, modal.body),
    modal.foot,
  );
  modal.box.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(modal);
  });
  modal.box.addEventListener("keydown", (event) => enter(event, modal));
  return modal;
}

// A form with several fields and no submit button of its own type would submit by itself; ours decides here.
function enter(event, modal) {
  const oneLine = event.target.matches?.("input[type=text]") && !event.isComposing;
  const many = event.target.matches?.("textarea, [contenteditable]") && (event.ctrlKey || event.metaKey);
  if (event.key !== "Enter" || event.defaultPrevented || !(oneLine || many)) return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
  void submit(modal);
}

function buttons(modal, view) {
  const state = JSON.stringify([view.submit, view.close]);
  if (modal.footState === state) return;
  modal.footState = state;
  const away = plain(view.close) || (view.submit ? "Cancel" : "Close");
  modal.submit = view.submit
    ? h("button.button.large.primary", { type: "submit" }, h("span.button-text", {}, plain(view.submit)))
    : null;
  modal.away = h("button.button.large", { type: "button", onclick: () => close(modal, false) }, away);
  modal.foot.replaceChildren(...[modal.away, modal.submit].filter(Boolean));
}

function focusFirst(modal) {
  const wanted =
    modal.body.querySelector("[data-focus]") ??
    modal.body.querySelector(
      ".block-input input, .block-input textarea, .block-input .select-button, .block-input .date-button, .block-input [contenteditable]",
    );
  (wanted ?? modal.submit ?? modal.away ?? focusables(modal.box)[0])?.focus();
}

async function submit(modal) {
  if (!modal.view.submit || modal.busy) return;
  busy(modal, true);
  showErrors(modal.body, {});
  problem(modal, null);
  const answer = await api.act(modal.me, "submit", { view_id: modal.view.id, values: modal.surface.form.values() });
  busy(modal, false);
  if (answer.ok) return refreshModals();
  if (!answer.errors) return problem(modal, appSays(answer.error));
  const homeless = showErrors(modal.body, answer.errors);
  return homeless.length ? problem(modal, homeless.join(" ")) : undefined;
}

function busy(modal, on) {
  modal.busy = on;
  if (on) modal.submit?.setAttribute("aria-busy", "true");
  else modal.submit?.removeAttribute("aria-busy");
}

function problem(modal, sentence) {
  modal.problem.hidden = sentence === null;
  modal.problem.replaceChildren(...(sentence === null ? [] : [icon("warning", 18), sentence]));
  if (sentence !== null) modal.problem.scrollIntoView({ block: "nearest" });
}

async function close(modal, all) {
  await api.act(modal.me, "close", { view_id: modal.view.id, all });
  await refreshModals();
}
