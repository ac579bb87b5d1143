// Talking to the control API: what a person of the workspace can do and see. Every answer is an object with `ok`;
// a server that can't be reached answers {ok: false, error} like a refusal, so callers have one case to handle.

const GONE = "The sandbox is not answering. Is it still running in the terminal?";

async function call(method, path, body) {
  try {
    const answer = await fetch(`/control${path}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const json = (answer.headers.get("Content-Type") ?? "").includes("json");
    return json
      ? await answer.json()
      : { ok: false, error: `The sandbox had a problem of its own (${answer.status}); the terminal says more.` };
  } catch {
    return { ok: false, error: GONE, unreachable: true };
  }
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const patch = (path, body = {}) => call("PATCH", path, body);
export const remove = (path) => call("DELETE", path);

const person = (me, rest) => `/people/${encodeURIComponent(me)}/${rest}`;

export const workspace = () => get("/workspace");
export const sidebar = (me) => get(person(me, "sidebar"));
export const home = (me) => get(person(me, "home"));
export const modals = (me) => get(person(me, "modals"));

export function channel(me, id, { before, limit } = {}) {
  const query = new URLSearchParams();
  if (before) query.set("before", before);
  if (limit) query.set("limit", limit);
  return get(person(me, `channels/${encodeURIComponent(id)}?${query}`));
}

export const thread = (me, id, ts) => get(person(me, `channels/${encodeURIComponent(id)}/threads/${ts}`));

/** Anything a person does: act(me, "click", {...}). */
export const act = (me, what, body) => post(person(me, what), body);

/** The live feed of one person. `changed` gets a list of keys, `resumed` runs after a broken connection came back. */
export function stream(me, { changed, resumed, lost }) {
  const source = new EventSource(`/control${person(me, "stream")}`);
  let broken = false;
  source.onopen = () => {
    if (broken) resumed();
    broken = false;
  };
  source.onerror = () => {
    if (!broken) lost();
    broken = true;
  };
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    changed(news.changed ?? [], news.toast);
  };
  return () => source.close();
}
