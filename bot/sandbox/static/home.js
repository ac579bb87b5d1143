// The app's Home tab: the view the bot published for this person, live.

import * as api from "./api.js";
import { appHead } from "./channel_head.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import * as store from "./store.js";
import { makeSurface } from "./surface.js";

export function openHome(root) {
  const pane = { root, me: store.state.me, open: true };
  pane.surface = makeSurface("home", () => ({ type: "home" }));
  pane.body = h("div.blocks.home-blocks");
  pane.head = h("header.pane-head", {}, appHead("home"));
  pane.note = h("div.home-note", { role: "status" });
  root.replaceChildren(pane.head, h("div.scroller.home", { tabindex: "-1" }, pane.note, pane.body));
  const offs = [
    store.on("home", () => refresh(pane)),
    store.on("day", () => refresh(pane)),
    store.on("sidebar", () => pane.head.replaceChildren(...appHead("home"))),
  ];
  void tell(pane);
  return {
    close: () => {
      pane.open = false;
      offs.forEach((off) => off());
    },
    focus: () => {},
  };
}

// Slack tells the app each time the tab is opened; the view that is known already shows meanwhile.
async function tell(pane) {
  await refresh(pane);
  const answer = await api.act(pane.me, "home", { tab: "home" });
  if (!answer.ok && pane.open && !pane.shown) note(pane, answer.error);
  await refresh(pane);
}

function refresh(pane) {
  return store.once(`home ${pane.me}`, async () => {
    const answer = await api.home(pane.me);
    if (!pane.open) return;
    if (!answer.ok) return note(pane, answer.error);
    pane.shown = answer.view;
    if (!answer.view)
      return note(
        pane,
        `${store.nameOf(store.state.workspace.bot.user_id)} has not published a Home for this person yet.`,
      );
    store.homeSeen(pane.me, true);
    pane.note.replaceChildren();
    pane.surface.form.recall(answer.view.state?.values);
    pane.surface.patch(pane.body, answer.view.blocks);
  });
}

function note(pane, words) {
  pane.note.replaceChildren(h("div.empty", {}, icon("home", 22), h("p", {}, words)));
}
