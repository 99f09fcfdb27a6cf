// The page inside another site's frame: being shown and hidden, and how many messages came meanwhile.

export class Frame {
  isEmbedded = parent !== window;
  #title;
  #shown = !this.isEmbedded;
  #unread = 0;

  constructor(title, onShown) {
    this.#title = title;
    document.addEventListener("visibilitychange", () => this.#seen());
    if (!this.isEmbedded) return;
    const close = document.getElementById("close");
    close.hidden = false;
    close.addEventListener("click", () => this.#tell({ frontdesk: "close" }));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#tell({ frontdesk: "close" });
    });
    addEventListener("message", ({ source, data }) => {
      if (source !== parent || data?.frontdesk !== "shown") return;
      this.#shown = data.shown === true;
      this.#seen();
      if (this.#shown) onShown();
    });
    this.#tell({ frontdesk: "ready" });
  }

  // One more message came; it is unread unless the visitor can see it.
  count() {
    this.#unread += 1;
    this.#seen();
    this.#show();
  }

  #seen() {
    if (document.hidden || !this.#shown || !this.#unread) return;
    this.#unread = 0;
    this.#show();
  }

  #show() {
    document.title = this.#unread ? `(${this.#unread}) ${this.#title}` : this.#title;
    if (this.isEmbedded) this.#tell({ frontdesk: "unread", count: this.#unread });
  }

  // Nothing in it is secret, and the frame does not know which site it stands in.
  #tell(message) {
    parent.postMessage(message, "*");
  }
}
