// What the page knows: the workspace, who is looking, their channels, the sandbox clock. Parts of the page listen
// by topic; nobody else holds a copy.

import * as api from "./api.js";
import { dayKey } from "./time.js";

export const state = {
  workspace: null,
  me: null,
  people: new Map(),
  channels: new Map(),
  homeUnread: false,
  place: { tab: "channel", channel: null, thread: null },
  namesVersion: 0,
  clock: { unix: 0, at: 0 },
};

const listeners = new Map();

export function on(topic, job) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(job);
  return () => listeners.get(topic).delete(job);
}

export function emit(topic, ...details) {
  for (const job of [...(listeners.get(topic) ?? [])]) job(...details);
}

// A burst of news about one thing becomes one request at a time, and one more after the last: by the newest asker.
const flights = new Map();

export function once(key, job) {
  const flight = flights.get(key);
  if (flight) {
    flight.again = true;
    flight.job = job;
    return flight.done;
  }
  const fresh = { again: false, job, done: null };
  flights.set(key, fresh);
  fresh.done = (async () => {
    do {
      fresh.again = false;
      await fresh.job();
    } while (fresh.again);
  })().finally(() => flights.delete(key));
  return fresh.done;
}

export function loadWorkspace() {
  return once("workspace", async () => {
    const answer = await api.workspace();
    if (!answer.ok) return;
    const names = (people) => JSON.stringify((people ?? []).map((each) => [each.id, each.real_name, each.deleted]));
    if (names(answer.people) !== names(state.workspace?.people)) state.namesVersion += 1;
    state.workspace = answer;
    state.people = new Map(answer.people.map((each) => [each.id, each]));
    setClock(answer.clock);
    emit("workspace");
  });
}

export function setClock(clock) {
  if (!clock) return;
  const day = state.me ? dayKey(now(), reader().tz) : null;
  state.clock = { unix: clock.unix, at: performance.now() };
  emit("clock");
  if (day !== null && dayKey(now(), reader().tz) !== day) emit("day");
}

/** The sandbox's time in Unix seconds; it runs on like any clock between two jumps. */
export const now = () => state.clock.unix + (performance.now() - state.clock.at) / 1000;

export function loadSidebar() {
  const me = state.me;
  return once(`sidebar:${me}`, async () => {
    const answer = await api.sidebar(me);
    if (!answer.ok || me !== state.me) return;
    const names = (channels) => JSON.stringify(channels.map((each) => [each.id, each.name, each.is_member]));
    if (names(answer.channels) !== names([...state.channels.values()])) state.namesVersion += 1;
    state.channels = new Map(answer.channels.map((each) => [each.id, each]));
    state.homeUnread = Boolean(answer.home?.unread) && !seenHomes.has(me);
    emit("sidebar");
  });
}

// The server counts a Home as seen when its tab is opened; one that changes before one's eyes is seen too.
const seenHomes = new Set();

export function homeSeen(me, seen) {
  if (seen) seenHomes.add(me);
  else seenHomes.delete(me);
  if (!seen || !state.homeUnread) return;
  state.homeUnread = false;
  emit("sidebar");
}

export const reader = () => state.people.get(state.me) ?? { id: state.me, tz: "UTC", real_name: "" };

const BOT_COLOR = "#2c5d63";

/** The person or the bot behind an id, always something that can be shown. */
export function who(id) {
  const bot = state.workspace?.bot;
  if (bot && (id === bot.user_id || id === bot.bot_id)) {
    return { id: bot.user_id, real_name: bot.name, icon: bot.icon, is_bot: true, color: BOT_COLOR, initials: "" };
  }
  const other = (state.workspace?.bots ?? []).find((each) => each.id === id);
  if (other) return { ...other, other_bot: true };
  return (
    state.people.get(id) ?? {
      id,
      real_name: id === "USLACKBOT" ? "Slackbot" : "Someone",
      color: "#6b7a7b",
      initials: "?",
      unknown: true,
    }
  );
}

export const nameOf = (id) => who(id).real_name || who(id).name || "Someone";

export function app() {
  return [...state.channels.values()].find((each) => each.kind === "app") ?? null;
}

export function channelTitle(channel) {
  if (!channel) return "a conversation";
  if (channel.kind === "app") return state.workspace.bot.name;
  if (channel.kind === "im" || channel.kind === "mpim") {
    const others = (channel.with ?? []).filter((id) => id !== state.me);
    if (others.length === 0) return `${nameOf(state.me)} (you)`;
    return others.map(nameOf).join(", ");
  }
  return channel.name;
}

/** The address of a place within the page: a channel, one of its threads, or a tab of the app. */
export function placeHref({ me = state.me, tab = null, channel = null, thread = null, message = null }) {
  if (tab === "home") return `#/${me}/home`;
  if (tab === "messages") return `#/${me}/${app()?.id ?? "home"}`;
  const place = thread ? `#/${me}/${channel}/${thread}` : `#/${me}/${channel}`;
  return message && message !== thread ? `${place}?at=${message}` : place;
}
