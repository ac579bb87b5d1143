// Ctrl+K: go anywhere by typing: the app, channels, conversations, people to be.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { layerOpen, openLayer } from "./layers.js";
import { listbox, matching } from "./listbox.js";
import { become } from "./people.js";
import * as store from "./store.js";

export function openSwitcher() {
  if (layerOpen()) return;
  const input = h("input.switcher-input", {
    type: "text",
    placeholder: "Where to? Channels, people, the app",
    "aria-label": "Go to",
    autocomplete: "off",
    spellcheck: "false",
  });
  const list = listbox({ label: "Places", pick: (entry) => go(entry) });
  const box = h(
    "div.dialog.switcher",
    { role: "dialog", "aria-modal": "true", "aria-label": "Go to" },
    h("div.search-frame.large", {}, icon("search"), input),
    list.node,
  );
  const layer = openLayer(box, { escape: () => layer.close() });
  const go = (entry) => {
    layer.close();
    entry.run();
  };
  const refresh = () => list.show(places(input.value.trim()), "Nothing by that name", true);
  list.tie(input);
  input.addEventListener("input", refresh);
  input.addEventListener("keydown", (event) => list.keydown(event));
  refresh();
  input.focus();
}

function places(typed) {
  const all = [...appPlaces(), ...channelPlaces(), ...personPlaces()];
  if (!typed) return all.filter((each) => each.first).slice(0, 40);
  return matching(all, typed)
    .map((each) => ({ ...each, group: undefined }))
    .slice(0, 40);
}

const goTo = (place) => () => {
  location.hash = store.placeHref(place);
};

function appPlaces() {
  const bot = store.who(store.state.workspace.bot.user_id);
  const place = (tab, words) => ({
    key: tab,
    text: `${bot.real_name}: ${words}`,
    lead: avatar(bot, 22),
    run: goTo({ tab }),
    first: true,
    group: "App",
  });
  return [place("home", "Home"), place("messages", "Messages")];
}

function channelPlaces() {
  const all = [...store.state.channels.values()].filter((each) => each.kind !== "app");
  const sign = { channel: "hash", private: "lock", im: "thread", mpim: "people" };
  return all.map((channel) => ({
    key: channel.id,
    text: store.channelTitle(channel),
    note: channel.is_archived
      ? "archived"
      : channel.is_member === false
        ? "not joined"
        : channel.unread
          ? `${channel.unread} new`
          : unescape(channel.topic),
    lead: h("span.list-lead", {}, icon(sign[channel.kind] ?? "hash", 16)),
    run: goTo({ channel: channel.id }),
    first: !channel.is_archived,
    group: "Conversations",
  }));
}

function personPlaces() {
  const others = [...store.state.people.values()].filter((each) => each.id !== store.state.me);
  return others.map((person) => ({
    key: `be ${person.id}`,
    text: `Be ${person.real_name}`,
    note: person.title,
    lead: avatar(person, 22),
    run: () => become(person.id),
    first: true,
    group: "See as somebody else",
  }));
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  openSwitcher();
});
