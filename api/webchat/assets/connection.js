// Keeps a session and its event stream, whatever the network does.

import { Refused } from "./server.js";

const SILENCE_MS = 40_000; // the server gives a sign of life every 15 s
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export class Connection {
  #server;
  #store;
  #on;
  #cursor = "";
  #ready;
  #becomeReady;
  #wake = () => {};
  #abort = null;
  #lastSign = 0;

  // `on` has welcome(session), event(name, data), and connected(is).
  constructor(server, store, on) {
    this.#server = server;
    this.#store = store;
    this.#on = on;
    this.#ready = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
  }

  async run() {
    setInterval(() => this.#checkLife(), 5000);
    for (let failures = 0; ; ) {
      try {
        await this.#connectOnce(() => {
          failures = 0;
        });
      } catch (error) {
        if (error instanceof Refused && error.status === 401) this.#store.token = "";
        failures += 1;
      }
      this.#on.connected(false);
      await this.#pause(failures);
    }
  }

  // Sends as soon as there is a session; throws what the server or the network answers.
  async send(message) {
    await this.#ready;
    await this.#server.send(this.#store.token, message);
  }

  // Tries now instead of waiting any longer.
  hurry() {
    this.#wake();
  }

  async #connectOnce(onConnected) {
    const session = await this.#server.startSession(this.#store.token, navigator.languages);
    this.#store.token = session.token;
    this.#on.welcome(session);
    this.#becomeReady();
    this.#abort = new AbortController();
    this.#lastSign = Date.now();
    await this.#server.listen(session.token, this.#cursor, this.#abort.signal, {
      onSign: () => {
        this.#lastSign = Date.now();
        onConnected();
        this.#on.connected(true);
      },
      onEvent: (name, data, id) => {
        this.#on.event(name, data);
        if (id) this.#cursor = id;
      },
    });
  }

  #checkLife() {
    if (this.#abort && Date.now() - this.#lastSign > SILENCE_MS) this.#abort.abort();
  }

  #pause(failures) {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, wait * (0.75 + Math.random() / 2));
    });
  }
}
