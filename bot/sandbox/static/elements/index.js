// One element of a block: finds who draws it. `spot` is {block, ctx, field?}; `field` comes from an input block and
// carries the ids of its label, hint and error.

import { h, picture } from "../dom.js";
import * as store from "../store.js";
import { button, feedback, iconButton, overflow } from "./buttons.js";
import { choices } from "./choices.js";
import { datePicker, dateTimePicker, timePicker } from "./dates.js";
import { richInput } from "./rich_input.js";
import { select } from "./select.js";
import { fileInput, lineInput, plainInput } from "./typed.js";

const DRAW = {
  button,
  workflow_button: button,
  overflow,
  icon_button: iconButton,
  feedback_buttons: feedback,
  checkboxes: choices,
  radio_buttons: choices,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: plainInput,
  number_input: lineInput,
  email_text_input: lineInput,
  url_text_input: lineInput,
  rich_text_input: richInput,
  file_input: fileInput,
  image: (given) => picture(given.image_url ?? given.slack_file?.url, given.alt_text, "img.accessory-image"),
};

const KINDS = ["static", "external", "users", "conversations", "channels"];
for (const kind of KINDS) {
  DRAW[`${kind}_select`] = select;
  DRAW[`multi_${kind}_select`] = select;
}

export function element(given, spot) {
  const draw = DRAW[given?.type];
  if (!draw) return h("span.unknown-block", {}, `This element can't be displayed (${given?.type ?? "?"}).`);
  if (given.visible_to_user_ids && !given.visible_to_user_ids.includes(store.state.me))
    return h("span", { hidden: true });
  const node = draw(given, spot);
  node.dataset.element = given.type;
  if (given.action_id) node.dataset.action = given.action_id;
  return node;
}
