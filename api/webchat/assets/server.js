// The server as the page sees it. The token goes in a header, so `fetch` reads the event stream: `EventSource` has none.

export class Refused extends Error {
  constructor(status, retryAfter) {
    super(`refused with ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  // Whether the same request may succeed later.
  get passes() {
    return this.status === 429 || this.status >= 500;
  }
}

export class Server {
  constructor(base) {
    this.base = base;
  }

  async startSession(token, languages) {
    const response = await this.#request("session", { token, body: { languages } });
    return response.json();
  }

  async send(token, message) {
    await this.#request("messages", { token, body: message });
  }

  // Calls `onEvent(name, data, id)` for each event and `onSign()` for any sign of life, until the stream ends.
  async listen(token, after, signal, { onEvent, onSign }) {
    const headers = { Accept: "text/event-stream" };
    if (after) headers["Last-Event-ID"] = after;
    const response = await this.#request("events", { token, headers, signal });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onSign();
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) dispatch(block, onEvent);
    }
  }

  async #request(path, { token, body, headers = {}, signal }) {
    const options = { headers: { ...headers }, signal, cache: "no-store", credentials: "omit" };
    if (token) options.headers.Authorization = `Bearer ${token}`;
    if (body) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    const response = await fetch(`${this.base}/${path}`, options);
    if (!response.ok) throw new Refused(response.status, Number(response.headers.get("Retry-After")) || 0);
    return response;
  }
}

function dispatch(block, onEvent) {
  const fields = {};
  for (const line of block.split("\n")) {
    const colon = line.indexOf(": ");
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2);
  }
  if (fields.event) onEvent(fields.event, JSON.parse(fields.data), fields.id);
}
