// Where the visitor writes: Enter sends, the text survives a reload, and the field grows with it.

const WARN_FROM = 0.9;

export class Composer {
  limit = Infinity;
  #form;
  #field;
  #store;
  #say;
  #send;

  constructor(form, store, say, send) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#store = store;
    this.#say = say;
    this.#send = send;
    this.#field.value = store.draft;
    this.#field.addEventListener("input", () => this.#changed());
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    form.addEventListener("submit", (event) => this.#submitted(event));
    this.#changed();
  }

  focus() {
    this.#field.focus();
  }

  // Enter that ends an input method's composition (Chinese, Japanese, …) is not ours.
  #pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #submitted(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text || text.length > this.limit) return;
    this.#field.value = "";
    this.#changed();
    this.#send(text);
    this.focus();
  }

  #changed() {
    const { value } = this.#field;
    this.#store.draft = value;
    this.#form.classList.toggle("empty", !value.trim());
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    this.#showLength(value.trim().length);
  }

  #showLength(length) {
    const over = length - this.limit;
    const near = length > this.limit * WARN_FROM ? `${length} / ${this.limit}` : "";
    this.#form.querySelector("#length").textContent = over > 0 ? this.#say("tooLong", { count: over }) : near;
    this.#field.ariaInvalid = String(over > 0);
  }
}
