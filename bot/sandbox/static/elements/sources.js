// Where the choices of a select come from: its own options, the bot's suggestions, people, channels, conversations.
// Every choice is {key, text, note?, lead?, group?}; the key is what the bot gets.

import { avatar } from "../avatar.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { matching } from "../listbox.js";
import { plain } from "../render/text.js";
import * as store from "../store.js";

export const kindOf = (given) => given.type.replace("multi_", "").replace("_select", "");
export const isMulti = (given) => given.type.startsWith("multi_");

/** What is chosen before anyone touched it. */
export function initial(given, channel) {
  const kind = kindOf(given);
  const many = isMulti(given);
  if (kind === "static" || kind === "external") {
    return many ? (given.initial_options ?? []).map((option) => option.value) : (given.initial_option?.value ?? null);
  }
  const noun = { users: "user", conversations: "conversation", channels: "channel" }[kind];
  const own = many ? given[`initial_${noun}s`] : given[`initial_${noun}`];
  if (own === undefined && given.default_to_current_conversation && channel) return many ? [channel] : channel;
  return own ?? (many ? [] : null);
}

export function optionEntry(option, group) {
  return {
    key: option.value,
    text: plain(option.text),
    note: plain(option.description),
    group: group ? plain(group) : undefined,
  };
}

export function optionEntries(given) {
  const grouped = (given.option_groups ?? []).flatMap((group) =>
    group.options.map((option) => optionEntry(option, group.label)),
  );
  return [...(given.options ?? []).map((option) => optionEntry(option)), ...grouped];
}

function personEntry(id) {
  const person = store.who(id);
  return { key: id, text: person.real_name, note: person.is_bot ? "App" : person.title, lead: avatar(person, 20) };
}

function people(given) {
  const ids = [...store.state.people.values()].filter((each) => !each.deleted).map((each) => each.id);
  return (given.filter?.exclude_bot_users ? ids : [...ids, store.state.workspace.bot.user_id]).map(personEntry);
}

function channelEntry(channel) {
  const lead =
    channel.kind === "im" || channel.kind === "mpim" || channel.kind === "app"
      ? "people"
      : channel.kind === "private"
        ? "lock"
        : "hash";
  return { key: channel.id, text: store.channelTitle(channel), lead: h("span.list-lead", {}, icon(lead, 16)) };
}

const INCLUDED = { channel: "public", private: "private", im: "im", mpim: "mpim", app: "im" };

function conversations(given) {
  const wanted = given.filter?.include;
  return [...store.state.channels.values()]
    .filter((each) => !each.is_archived && (!wanted || wanted.includes(INCLUDED[each.kind])))
    .filter((each) => !(given.filter?.exclude_bot_users && each.kind === "app"))
    .map(channelEntry);
}

const channels = () =>
  [...store.state.channels.values()].filter((each) => each.kind === "channel" && !each.is_archived).map(channelEntry);

const LISTS = { static: optionEntries, users: people, conversations, channels };

/** The choices for what is typed; asks the bot for an external select. */
export async function entriesFor(given, spot, typed) {
  if (kindOf(given) !== "external") return { entries: matching(LISTS[kindOf(given)](given), typed) };
  const least = given.min_query_length ?? 3;
  if (typed.length < least) return { entries: [], empty: `Type at least ${least} letter${least === 1 ? "" : "s"}` };
  const answer = await spot.ctx.suggest({ block_id: spot.block.block_id, action_id: given.action_id, query: typed });
  if (!answer.ok) return { entries: [], empty: answer.error ?? "No suggestions came" };
  return { entries: optionEntries(answer), empty: "No results" };
}

/** The words for a chosen key. */
export function labelOf(given, spot, key) {
  const kind = kindOf(given);
  if (kind === "users") return store.nameOf(key);
  if (kind === "channels" || kind === "conversations") {
    const channel = store.state.channels.get(key);
    return channel ? store.channelTitle(channel) : "private channel";
  }
  const known = [
    ...optionEntries(given),
    ...[given.initial_option, ...(given.initial_options ?? [])].filter(Boolean).map((option) => optionEntry(option)),
  ];
  const seen = spot.ctx.form.options(spot.block.block_id ?? "", given.action_id ?? "");
  return (known.find((entry) => entry.key === key) ?? seen.get(key))?.text ?? key;
}
