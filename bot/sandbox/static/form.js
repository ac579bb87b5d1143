// What is typed and chosen in one view or message, apart from its nodes: a redrawn field finds its value here as long
// as block_id and action_id stay the same, which is Slack's own rule.

export class Form {
  #fields = new Map();

  /** Takes up what the server remembers ({block: {action: Slack's value}}) for fields nobody touched in this page. */
  recall(state) {
    for (const [blockId, actions] of Object.entries(state ?? {})) {
      for (const [actionId, value] of Object.entries(actions)) {
        this.start(blockId, actionId, rawOf(value));
        for (const each of [value.selected_option, ...(value.selected_options ?? [])].filter(Boolean)) {
          this.options(blockId, actionId).set(each.value, { text: each.text.text });
        }
      }
    }
  }

  /** The value to show: what was typed before, else the element's initial value, which counts from then on. */
  start(blockId, actionId, initial) {
    const key = `${blockId}\n${actionId}`;
    if (!this.#fields.has(key)) this.#fields.set(key, { blockId, actionId, value: initial, options: new Map() });
    return this.#fields.get(key).value;
  }

  get(blockId, actionId) {
    return this.#fields.get(`${blockId}\n${actionId}`)?.value ?? null;
  }

  set(blockId, actionId, value) {
    this.start(blockId, actionId, value);
    this.#fields.get(`${blockId}\n${actionId}`).value = value;
  }

  /** The options seen for a field, by value: the labels of choices that came from the bot's suggestions. */
  options(blockId, actionId) {
    this.start(blockId, actionId, null);
    return this.#fields.get(`${blockId}\n${actionId}`).options;
  }

  /** Forgets fields that the view no longer has. */
  keep(blockIds) {
    for (const [key, field] of this.#fields) {
      if (!blockIds.has(field.blockId)) this.#fields.delete(key);
    }
  }

  get empty() {
    return this.#fields.size === 0;
  }

  /** {block_id: {action_id: value}} as the control API takes it. */
  values() {
    const found = {};
    for (const { blockId, actionId, value } of this.#fields.values()) {
      found[blockId] ??= {};
      found[blockId][actionId] = value === "" ? null : value;
    }
    return found;
  }
}

const option = (given) => given?.value ?? null;

// Slack's shapes of a value, back to what a person chose or typed.
function rawOf(value) {
  if ("selected_options" in value) return (value.selected_options ?? []).map(option);
  if ("selected_option" in value) return option(value.selected_option);
  const key = Object.keys(value).find((each) => each !== "type");
  return key ? value[key] : null;
}
