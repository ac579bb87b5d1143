// Backstage: trouble on order, to see how the bot takes it, and the calls that Slack would have refused as its own bug.

import * as api from "./api.js";
import { ask } from "./dialogs.js";
import { h, plural } from "./dom.js";
import { icon } from "./icons.js";
import { layerOpen, openLayer } from "./layers.js";
import * as store from "./store.js";
import { toast } from "./toast.js";

const fault =
  (kind, more = {}) =>
  () =>
    api.post("/faults", { kind, times: 1, ...more });

const TROUBLE = [
  ["Lose the next acknowledgement", fault("drop_ack"), "The bot's next answer to a click or command gets lost."],
  ["Rate limit the next call", fault("ratelimit", { seconds: 2 }), "Slack says 429: try again in 2 seconds."],
  ["Fail the next call", fault("http_500"), "Slack answers with a server error."],
  [
    "Post, then cut the line",
    fault("cut_after_accept", { method: "chat.postMessage" }),
    "The message is posted, but the bot never hears of it.",
  ],
  ["Slow down three calls", fault("slow", { times: 3, seconds: 2 }), "Each takes two seconds longer."],
  ["Take back all trouble", () => api.remove("/faults"), "Nothing more goes wrong."],
];

const LINE = [
  ["Drop the connection", () => api.post("/connection", { drop: true }), "The bot has to connect again."],
  [
    "Deliver the last event again",
    () => api.post("/deliver_again", { last: 1 }),
    "As Slack does now and then: nothing may happen twice.",
  ],
  ["Revoke the bot's token", () => api.post("/token", { revoked: true }), "Every call of the bot fails from now on."],
  ["Give the token back", () => api.post("/token", { revoked: false }), "Calls work again."],
];

export function openBackstage() {
  if (layerOpen()) return;
  let layer = null;
  const close = () => layer.close();
  const refused = h("div.backstage-refused", {}, "…");
  const box = h(
    "div.dialog.modal",
    { role: "dialog", "aria-modal": "true", "aria-label": "Backstage" },
    h(
      "div.dialog-head",
      {},
      icon("gear"),
      h("h2", {}, "Backstage"),
      h("button.icon-button", { type: "button", "aria-label": "Close", onclick: close }, icon("close")),
    ),
    h(
      "div.dialog-body",
      {},
      h("p.faint", {}, "What goes wrong in a real Slack, on order."),
      group("Trouble", TROUBLE),
      group("Connection", LINE),
      h("h3.backstage-title", {}, "People"),
      h(
        "button.button",
        {
          type: "button",
          onclick: () => {
            close();
            void addPerson();
          },
        },
        "Somebody joins the workspace",
      ),
      h("h3.backstage-title", {}, "Calls that Slack would refuse as a bug of the bot"),
      refused,
    ),
  );
  layer = openLayer(box, { escape: close });
  box.querySelector(".backstage-act").focus();
  void showRefused(refused);
}

function group(title, acts) {
  const row = ([words, run, note]) =>
    h(
      "div.backstage-row",
      {},
      h("button.button.backstage-act", { type: "button", onclick: () => order(words, run) }, words),
      h("span.faint", {}, note),
    );
  return [h("h3.backstage-title", {}, title), acts.map(row)];
}

async function order(words, run) {
  const answer = await run();
  toast(answer.ok ? `${words}: done.` : answer.error, answer.ok ? "info" : "warning");
  if (answer.ok) void store.loadWorkspace();
}

async function addPerson() {
  const name = await ask({ title: "Somebody joins the workspace", label: "Their name", yes: "Add" });
  if (!name) return;
  const answer = await api.post("/people", { name, real_name: name });
  toast(answer.ok ? `${name} has joined. You can be ${name} now.` : answer.error, answer.ok ? "info" : "warning");
  void store.loadWorkspace();
}

async function showRefused(slot) {
  const answer = await api.get("/refusals");
  const list = answer.refusals ?? [];
  if (!list.length) return slot.replaceChildren(h("p.faint", {}, "None so far."));
  const row = (call) =>
    h(
      "li",
      {},
      h("code.code", {}, call.method),
      ` ${call.answer.error} `,
      h("span.faint", {}, (call.answer.response_metadata?.messages ?? []).join(" ")),
    );
  return slot.replaceChildren(
    h("p", {}, plural(list.length, "call")),
    h("ul.backstage-list", {}, list.slice(-20).reverse().map(row)),
  );
}
