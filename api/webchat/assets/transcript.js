// All that the page knows of the conversation, and the items to show for it.

export class Transcript {
  #say;
  #messages = new Map();
  #notices = [];
  #state = null;
  #session = null;

  constructor(say) {
    this.#say = say;
  }

  get welcome() {
    return this.#session?.welcome ?? null;
  }

  get textLimit() {
    return this.#session?.text_limit ?? Infinity;
  }

  get state() {
    return this.#state;
  }

  begin(session) {
    this.#session = session;
  }

  // Returns whether the message is new.
  add(message) {
    const key = message.client_id ?? message.id;
    const isNew = !this.#messages.has(key);
    this.#messages.set(key, { ...message, key, place: [message.conversation_id, message.seq] });
    return isNew;
  }

  has(key) {
    return this.#messages.has(key);
  }

  // Notes what a change of who answers means for the visitor.
  setState(state) {
    const before = this.#state;
    this.#state = state;
    if (state.ended && !before?.ended) this.#note("ended");
    if (!before) return;
    if (state.attendant === "person" && before.attendant !== "person") this.#note("joined");
    if (state.attendant === "agent" && ["person", "awaited"].includes(before.attendant)) this.#note("returned");
  }

  // Everything to show, in order; `outbox` holds what is not confirmed, and `retry(id)` sends it again.
  items(outbox, retry) {
    const stored = [...this.#messages.values()].map((message) => ({
      ...message,
      ...this.#signature(message),
      kind: "message",
      time: message.sent_at,
    }));
    const placed = [...stored, ...this.#notices].sort(byPlace);
    const waiting = outbox
      .filter((item) => !this.#messages.has(item.id))
      .map((item) => this.#unconfirmed(item, retry));
    return [...this.#greeting(), ...placed, ...waiting];
  }

  #greeting() {
    if (!this.welcome) return [];
    const { greeting, language } = this.welcome;
    return [{ key: "greeting", kind: "message", author: "agent", text: greeting, language, ...this.#agent() }];
  }

  #unconfirmed({ id, text, time, status }, retry) {
    const shown = status === "sent" ? undefined : status;
    const name = this.#say("you");
    return { key: id, kind: "message", author: "contact", name, text, time, status: shown, retry: () => retry(id) };
  }

  #signature({ author, name }) {
    if (author === "contact") return { name: this.#say("you") };
    if (author === "human") return { name: name ?? this.#say("team") };
    return author === "agent" ? this.#agent() : { name: this.welcome?.business };
  }

  #agent() {
    return { name: this.welcome?.persona, tag: this.welcome?.ai ? this.#say("ai") : "" };
  }

  // Notes a change after what was said before it: a person's first words come after their joining.
  #note(phrase) {
    const messages = [...this.#messages.values()].sort(byPlace);
    while (phrase === "joined" && messages.at(-1)?.author === "human") messages.pop();
    const [conversation, seq] = messages.at(-1)?.place ?? ["", 0];
    const text = this.#say(phrase, { name: this.welcome?.persona });
    this.#notices.push({ key: `notice ${this.#notices.length}`, kind: "notice", text, place: [conversation, seq + 0.5] });
  }
}

function byPlace(first, second) {
  return comparePlaces(first.place, second.place);
}

function comparePlaces([firstConversation, firstSeq], [secondConversation, secondSeq]) {
  if (firstConversation !== secondConversation) return firstConversation < secondConversation ? -1 : 1;
  return firstSeq - secondSeq;
}
