// What survives a reload. Where the browser refuses storage (some third-party frames), it lasts as long as the page.

export class Store {
  #prefix;
  #memory = new Map();

  constructor(channel) {
    this.#prefix = `frontdesk.${channel}.`;
  }

  get token() {
    return this.#read("token") ?? "";
  }

  set token(token) {
    this.#write("token", token);
  }

  get draft() {
    return this.#read("draft") ?? "";
  }

  set draft(text) {
    this.#write("draft", text);
  }

  // Messages that the server has not confirmed, oldest first.
  get outbox() {
    try {
      return JSON.parse(this.#read("outbox") ?? "[]");
    } catch {
      return [];
    }
  }

  set outbox(messages) {
    this.#write("outbox", messages.length ? JSON.stringify(messages) : "");
  }

  #read(name) {
    try {
      return localStorage.getItem(this.#prefix + name);
    } catch {
      return this.#memory.get(name);
    }
  }

  #write(name, value) {
    try {
      if (value) localStorage.setItem(this.#prefix + name, value);
      else localStorage.removeItem(this.#prefix + name);
    } catch {
      this.#memory.set(name, value);
    }
  }
}
