// People: the card that hangs on a name, the list to pick one from, and becoming somebody else.

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { listbox, matching } from "./listbox.js";
import { closePopover, openPopover, popoverOn } from "./popover.js";
import * as store from "./store.js";
import { clockTime, shortDay } from "./time.js";
import { toast } from "./toast.js";

/** Goes on as that person, in the same conversation when they see it too. */
export function become(id) {
  closePopover({ focus: false });
  if (id === store.state.me) return;
  location.hash = `#/${id}`;
}

const localTime = (person) => `${shortDay(store.now(), person.tz)}, ${clockTime(store.now(), person.tz)}`;

function entry(id) {
  const person = store.who(id);
  const note = person.is_bot
    ? "App"
    : [person.title, person.deleted ? "deactivated" : null].filter(Boolean).join(" · ");
  return { key: id, text: person.real_name, note, lead: avatar(person, 28), on: id === store.state.me };
}

/** A searchable list of people under `anchor`; choosing one shows the page as they see it. */
export function pickPerson(anchor, ids, label) {
  if (popoverOn(anchor)) return closePopover();
  const box = listbox({
    label,
    pick: (picked) => (picked.key === store.state.workspace.bot.user_id ? closePopover() : become(picked.key)),
  });
  const search = h("input.search", {
    type: "text",
    placeholder: "Search people",
    "aria-label": "Search people",
    autocomplete: "off",
    spellcheck: "false",
  });
  const refresh = () => {
    box.show(matching(ids.map(entry), search.value), "Nobody by that name", search.value !== "");
  };
  box.tie(search);
  search.addEventListener("input", refresh);
  search.addEventListener("keydown", (event) => box.keydown(event));
  const panel = h(
    "div.select-panel",
    {},
    h("div.panel-title", {}, label),
    h("div.search-frame", {}, icon("search", 16), search),
    box.node,
  );
  refresh();
  openPopover(anchor, panel, { label });
  return search.focus();
}

/** The card of one person: who they are, what time it is for them, and a way to see with their eyes. */
export function openCard(anchor, id) {
  if (popoverOn(anchor)) return closePopover();
  const person = store.who(id);
  if (person.unknown) return undefined;
  const local = person.is_bot
    ? null
    : h("div.faint", {}, icon("clock", 14), ` ${localTime(person)} · ${person.tz_label ?? person.tz}`);
  const card = h(
    "div.person-card",
    {},
    h(
      "div.person-top",
      {},
      avatar(person, 56),
      h(
        "div",
        {},
        h("strong", {}, person.real_name),
        h("div.faint", {}, person.is_bot ? "App" : person.title || "Member"),
      ),
    ),
    local,
    person.deleted ? h("div.faint", {}, "This account is deactivated.") : null,
    person.is_bot
      ? [h("a.button", { href: store.placeHref({ tab: "home" }), onclick: () => closePopover() }, "Open Home")]
      : actions(person),
  );
  openPopover(anchor, card, { label: person.real_name });
  return card.querySelector("button, a")?.focus();
}

function actions(person) {
  const toggle = async () => {
    closePopover();
    const answer = await api.patch(`/people/${person.id}`, { deleted: !person.deleted });
    if (!answer.ok) toast(answer.error, "warning");
  };
  const mine = person.id === store.state.me;
  return h(
    "div.elements",
    {},
    mine
      ? h("span.faint", {}, "This is you.")
      : h(
          "button.button.primary",
          { type: "button", onclick: () => become(person.id) },
          `Be ${person.real_name.split(" ")[0]}`,
        ),
    mine || person.deleted ? null : h("button.button", { type: "button", onclick: () => message(person) }, "Message"),
    mine ? null : h("button.button", { type: "button", onclick: toggle }, person.deleted ? "Reactivate" : "Deactivate"),
  );
}

async function message(person) {
  closePopover();
  const answer = await api.act(store.state.me, "direct", { users: [person.id] });
  if (!answer.ok) return toast(answer.error, "warning");
  await store.loadSidebar();
  location.hash = store.placeHref({ channel: answer.channel });
  return undefined;
}

// Every name in the page carries the id of its person.
document.addEventListener("click", (event) => {
  const name = event.target.closest?.("[data-person]");
  if (!name || name.closest("[contenteditable]")) return;
  event.preventDefault();
  openCard(name, name.dataset.person);
});
