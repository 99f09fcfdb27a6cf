// What survives a reload: in this origin's storage, or where the browser refuses that to a frame, in the embedding site's.

const PATIENCE_MS = 1500;

export async function openStore(channel) {
  return new Store(openLocal(channel) ?? (await openHosted()));
}

class Store {
  #place;

  constructor(place) {
    this.#place = place;
  }

  // The proof of who the visitor is.
  get token() {
    return this.#place.read("token");
  }

  set token(token) {
    this.#place.write("token", token);
  }

  // The text that is not sent yet.
  get draft() {
    return this.#place.read("draft");
  }

  set draft(text) {
    this.#place.write("draft", text);
  }

  // Messages that the server has not confirmed, oldest first.
  get outbox() {
    try {
      return JSON.parse(this.#place.read("outbox") || "[]");
    } catch {
      return [];
    }
  }

  set outbox(messages) {
    this.#place.write("outbox", messages.length ? JSON.stringify(messages) : "");
  }
}

function openLocal(channel) {
  const key = (name) => `frontdesk.${channel}.${name}`;
  try {
    localStorage.setItem(key("probe"), "");
    localStorage.removeItem(key("probe"));
  } catch {
    return null;
  }
  return {
    read: (name) => localStorage.getItem(key(name)) ?? "",
    write: (name, value) => localStorage.setItem(key(name), value),
  };
}

// The embedding site may then read the token; it is the site that the visitor writes on, and only its own chat's.
async function openHosted() {
  const kept = parent === window ? {} : await recall();
  return {
    read: (name) => kept[name] ?? "",
    write: (name, value) => {
      kept[name] = value;
      if (parent !== window) parent.postMessage({ frontdesk: "keep", name, value }, "*");
    },
  };
}

function recall() {
  return new Promise((resolve) => {
    addEventListener("message", ({ source, data }) => {
      if (source === parent && data?.frontdesk === "recalled") resolve({ ...data.kept });
    });
    setTimeout(() => resolve({}), PATIENCE_MS);
    parent.postMessage({ frontdesk: "recall" }, "*");
  });
}
