// What every element does alike: remember its value, tell the bot, ask "are you sure?" first.

import { confirmed } from "./confirm.js";

export const idsOf = (given, spot) => [spot.block.block_id ?? "", given.action_id ?? ""];

export function started(given, spot, initial) {
  return spot.ctx.form.start(...idsOf(given, spot), initial);
}

export function remember(given, spot, value) {
  spot.ctx.form.set(...idsOf(given, spot), value);
}

/** Elements outside an input block always tell the bot; within one only with dispatch_action. */
export const tells = (spot) => spot.block.type !== "input" || Boolean(spot.block.dispatch_action);

/** Remembers a choice and tells the bot when it should hear of it. A refused confirmation leaves all as it was. */
export async function choose(given, spot, { value, control }) {
  if (tells(spot) && given.confirm && !(await confirmed(given.confirm, control))) return false;
  remember(given, spot, value);
  if (tells(spot)) void act(given, spot, { chosen: value, control });
  return true;
}

export function act(given, spot, { chosen, control }) {
  const [block_id, action_id] = idsOf(given, spot);
  return spot.ctx.act({ block_id, action_id, chosen }, control);
}

/** The attributes that tie a control to the label, hint and error of its input block. */
export function described(spot, given) {
  const field = spot.field;
  if (!field) return { "aria-label": given.accessibility_label ?? given.placeholder?.text ?? null };
  const notes = [field.error, field.hint].filter(Boolean).join(" ");
  return { id: field.id, "aria-describedby": notes, "aria-required": field.required ? "true" : null };
}

/** Marks a node so that the focus can be found again after a redraw. */
export const focusKey = (given, spot, part = "") => `${idsOf(given, spot).join("/")}/${part}`;
