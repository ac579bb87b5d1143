// The page: opens the workspace, keeps the address (#/who/where/thread), the panes and the live feed together.

import * as api from "./api.js";
import { openBackstage } from "./backstage.js";
import { openChannel } from "./channel.js";
import { clockBar } from "./clock.js";
import { h, safeUrl } from "./dom.js";
import { openHome } from "./home.js";
import { icon } from "./icons.js";
import { layerOpen } from "./layers.js";
import { dropModals, refreshModals } from "./modal.js";
import { closePopover } from "./popover.js";
import { openedMessages, startSidebar } from "./sidebar.js";
import * as store from "./store.js";
import { openSwitcher } from "./switcher.js";
import { openThread } from "./thread.js";
import { toast } from "./toast.js";
import { personNamed, startWelcome, toggleWelcome } from "./welcome.js";

const shell = document.getElementById("shell");
const main = document.getElementById("main");
const side = document.getElementById("thread");
const panes = { main: null, thread: null, mainKey: null, threadKey: null };
let hangUp = () => {};

async function start() {
  await store.loadWorkspace();
  if (!store.state.workspace) return unreachable();
  topbar();
  startSidebar();
  addEventListener("hashchange", () => follow());
  document.addEventListener("keydown", escape);
  document.addEventListener(
    "visibilitychange",
    () => document.hidden || store.emit(`channel:${store.state.place.channel}`),
  );
  document.getElementById("curtain").addEventListener("click", () => shell.classList.remove("with-sidebar"));
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    (panes.main?.focus ? panes.main : main).focus();
  });
  await follow();
  startWelcome(run);
  watchSeeding();
}

function unreachable() {
  main.replaceChildren(
    h(
      "div.empty",
      {},
      icon("warning", 26),
      h("p", {}, "The sandbox is not answering yet."),
      h("button.button.primary", { type: "button", onclick: () => location.reload() }, "Try again"),
    ),
  );
}

function topbar() {
  const burger = h(
    "button.icon-button.burger",
    { type: "button", "aria-label": "Show the sidebar", onclick: () => shell.classList.toggle("with-sidebar") },
    icon("menu"),
  );
  const find = h(
    "button.find",
    { type: "button", onclick: () => openSwitcher(), "aria-label": "Go to a channel or a person" },
    icon("search", 16),
    h("span", {}, "Go to …"),
    h("kbd", {}, "Ctrl K"),
  );
  const helpButton = h(
    "button.icon-button.onbar",
    { type: "button", "aria-label": "Start here", title: "Start here", onclick: toggleWelcome },
    icon("flag"),
  );
  const backstage = h(
    "button.icon-button.onbar",
    { type: "button", "aria-label": "Backstage: trouble on order", title: "Backstage", onclick: openBackstage },
    icon("gear"),
  );
  document
    .getElementById("topbar")
    .replaceChildren(burger, find, clockBar(), h("span.bar-end", {}, helpButton, backstage));
  const title = () => {
    document.title = `${store.state.workspace.team.name} · ${store.nameOf(store.state.me)}`;
  };
  store.on("me", title);
  const steps = () => {
    helpButton.hidden = !(store.state.workspace.start_here ?? []).length;
  };
  store.on("workspace", steps);
  steps();
}

/** Reads the address and brings the page to it. */
async function follow() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [me, where, thread] = path.split("/").map(decodeURIComponent);
  const person = store.state.people.has(me) ? me : firstPerson();
  if (person !== store.state.me) await be(person);
  const wanted = where || rememberedPlace(person);
  const address = [person, wanted, thread].filter(Boolean).join("/");
  if (path !== address) history.replaceState(null, "", `#/${address}${query ? `?${query}` : ""}`);
  settle(wanted, { thread: thread || null, at: new URLSearchParams(query ?? "").get("at") });
}

function firstPerson() {
  const kept = sessionStorage.getItem("me");
  if (store.state.people.has(kept)) return kept;
  const named = (store.state.workspace.start_here ?? []).map((each) => personNamed(each.as)).find(Boolean);
  return named?.id ?? store.state.workspace.people.find((each) => !each.deleted)?.id;
}

async function be(person) {
  closePopover({ focus: false });
  dropModals();
  store.state.me = person;
  store.state.channels = new Map();
  sessionStorage.setItem("me", person);
  hangUp();
  hangUp = api.stream(person, {
    changed: news,
    resumed: catchUp,
    lost: () => toast("The connection to the sandbox broke. It will be tried again.", "warning"),
  });
  await store.loadSidebar();
  store.emit("me");
  void refreshModals();
}

function rememberedPlace(person) {
  const kept = sessionStorage.getItem(`place ${person}`);
  if (kept === "home" || store.state.channels.has(kept)) return kept;
  const same = store.state.place.tab === "home" ? "home" : store.state.place.channel;
  if (same === "home" || store.state.channels.get(same)?.is_member) return same;
  return "home";
}

function settle(where, { thread, at }) {
  const tab = where === "home" ? "home" : "channel";
  store.state.place = { tab, channel: tab === "home" ? null : where, thread };
  sessionStorage.setItem(`place ${store.state.me}`, where);
  shell.classList.remove("with-sidebar");
  closePopover({ focus: false });
  openMain(where, at);
  openSide(thread, where);
  shell.classList.toggle("with-thread", Boolean(thread));
  store.emit("place");
  store.emit("settled");
}

function openMain(where, at) {
  const key = `${store.state.me} ${where}`;
  if (panes.mainKey === key) return at && panes.main.reveal?.(at);
  panes.main?.close();
  panes.mainKey = key;
  panes.main = where === "home" ? openHome(main) : openChannel(main, where, { at });
  if (store.state.channels.get(where)?.kind === "app") void openedMessages();
  return undefined;
}

function openSide(thread, where) {
  const key = thread ? `${store.state.me} ${where} ${thread}` : null;
  if (panes.threadKey === key) return;
  panes.thread?.close();
  panes.threadKey = key;
  panes.thread = thread ? openThread(side, where, thread) : null;
}

function news(changed, words) {
  if (words) toast(words);
  for (const key of changed) {
    if (key === "sidebar") void store.loadSidebar();
    else if (key === "people" || key === "clock") void store.loadWorkspace();
    else if (key === "modals") void refreshModals();
    else {
      if (key === "home" && store.state.place.tab !== "home") store.homeSeen(store.state.me, false);
      store.emit(key);
    }
  }
}

async function catchUp() {
  await Promise.all([store.loadWorkspace(), store.loadSidebar(), refreshModals()]);
  store.emit(`channel:${store.state.place.channel}`);
  store.emit("home");
}

// Esc without a dialog: first the thread closes, then the sidebar of a narrow page.
function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || layerOpen()) return;
  if (shell.classList.contains("with-sidebar")) shell.classList.remove("with-sidebar");
  else if (store.state.place.thread && side.contains(document.activeElement)) {
    location.hash = store.placeHref({ channel: store.state.place.channel });
    panes.main?.focus();
  }
}

/** Types a command and sends it: where one is if one can write there, else in the app's own conversation. */
function run(text) {
  const channel = store.state.channels.get(store.state.place.channel);
  if (channel && channel.is_member !== false && !channel.is_archived && panes.main.composer?.())
    return panes.main.composer().run(text);
  const all = [...store.state.channels.values()];
  const open =
    store.app() ??
    all.find((each) => each.name === "general" && each.is_member) ??
    all.find((each) => each.is_member && each.kind === "channel");
  if (open && open.id !== store.state.place.channel) location.hash = store.placeHref({ channel: open.id });
  const tries = { left: 40 };
  const wait = setInterval(() => {
    tries.left -= 1;
    const composer = panes.main?.composer?.();
    if (composer) composer.run(text);
    if (composer || !tries.left) clearInterval(wait);
  }, 50);
  return undefined;
}

// While a season is being played in, the page says so and follows.
function watchSeeding() {
  const banner = document.getElementById("banner");
  const show = async () => {
    const { seeding } = store.state.workspace;
    banner.hidden = !seeding?.active;
    if (!seeding?.active) return;
    const share = seeding.total ? Math.round((seeding.done / seeding.total) * 100) : 0;
    banner.replaceChildren(
      h("span", {}, seeding.text || "Preparing the workspace"),
      h("progress", { max: 100, value: share, "aria-label": "Progress" }),
      h("span", {}, `${share} %`),
    );
    setTimeout(async () => {
      await store.loadWorkspace();
      await store.loadSidebar();
      void show();
    }, 800);
  };
  void show();
}

// A link to a place of the workspace that came as a full address stays within the page.
document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a[href^='#/']");
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || !safeUrl(anchor.href)) return;
  if (anchor.getAttribute("href") === location.hash) void follow();
});

void start();
