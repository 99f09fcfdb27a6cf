// What the visitor wrote and the server has not shown back yet. It outlives a reload; the ids make sending twice harmless.

import { Refused } from "./server.js";

const WAITS_MS = [1000, 3000];

export class Outbox {
  #store;
  #send;
  #changed;
  #items;
  #busy = false;

  constructor(store, send, changed) {
    this.#store = store;
    this.#send = send;
    this.#changed = changed;
    this.#items = store.outbox.map(({ id, text, time }) => ({ id, text, time, status: "sending" }));
  }

  // Oldest first: {id, text, time, status: "sending" | "sent" | "failed"}.
  get items() {
    return this.#items;
  }

  add(text) {
    this.#items.push({ id: newId(), text, time: new Date().toISOString(), status: "sending" });
    this.#keep();
    this.pump();
  }

  // The server has shown the message back.
  confirm(id) {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#keep();
  }

  retry(id) {
    for (const item of this.#items) if (item.id === id) item.status = "sending";
    this.#keep();
    this.pump();
  }

  // The network is back: what it had stopped goes out.
  resume() {
    for (const item of this.#items) if (item.status === "failed" && !item.refused) item.status = "sending";
    this.pump();
  }

  async pump() {
    if (this.#busy) return;
    this.#busy = true;
    for (let next; (next = this.#items.find((item) => item.status === "sending")); ) {
      await this.#deliver(next);
      this.#keep();
    }
    this.#busy = false;
  }

  async #deliver(item) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#send({ id: item.id, text: item.text });
        item.status = "sent";
        return;
      } catch (error) {
        item.refused = error instanceof Refused && !error.passes && error.status !== 401;
        const wait = error.retryAfter ? error.retryAfter * 1000 : WAITS_MS[attempt];
        if (item.refused || attempt >= WAITS_MS.length) {
          item.status = "failed";
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  #keep() {
    this.#store.outbox = this.#items.map(({ id, text, time }) => ({ id, text, time }));
    this.#changed();
  }
}

// A random UUID; `crypto.randomUUID` exists on secure origins only.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
