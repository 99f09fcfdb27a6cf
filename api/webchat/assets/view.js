// The list of messages: keyed items in order, each made once, so that a screen reader hears only what is new.

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]}]/g;

export class View {
  #list;
  #say;
  #locale;
  #items = new Map();

  constructor(list, say, locale) {
    this.#list = list;
    this.#say = say;
    this.#locale = locale;
  }

  // Shows these items in this order: {key, kind: "message" | "notice", …}.
  show(items) {
    const nodes = [];
    let before = null;
    for (const item of items) {
      if (item.time && day(item.time) !== day(before?.time)) nodes.push(this.#dayLine(item.time));
      const node = item.kind === "notice" ? this.#notice(item) : this.#message(item);
      node.classList.toggle("follows", follows(item, before));
      nodes.push(node);
      before = item;
    }
    place(this.#list, nodes);
  }

  #keyed(key, make) {
    if (!this.#items.has(key)) this.#items.set(key, make());
    return this.#items.get(key);
  }

  #dayLine(time) {
    return this.#keyed(`day ${day(time)}`, () => element("p", "day", dayName(time, this.#locale)));
  }

  #notice({ key, text }) {
    return this.#keyed(key, () => element("p", "notice", text));
  }

  #message(item) {
    const node = this.#keyed(item.key, () => this.#newMessage(item));
    this.#updateStatus(node, item);
    return node;
  }

  #newMessage(item) {
    const node = element("article", `message ${item.author}`);
    const bubble = element("div", "bubble");
    bubble.dir = "auto";
    if (item.language) bubble.lang = item.language;
    bubble.append(...linked(item.text));
    node.append(this.#who(item), bubble);
    if (item.citations?.length) node.append(this.#sources(item.citations));
    node.append(element("p", "about"));
    return node;
  }

  #who({ author, name, tag }) {
    const who = element("p", author === "contact" ? "unseen" : "who", name);
    who.dir = "auto";
    if (tag) who.append(" ", element("span", "tag", tag));
    return who;
  }

  #sources(citations) {
    const list = element("ul", "sources");
    list.setAttribute("aria-label", this.#say("sources"));
    for (const { title, url } of citations) {
      const item = element("li");
      item.dir = "auto";
      item.append(url && /^https?:/.test(url) ? link(url, title) : element("span", "", title));
      list.append(item);
    }
    return list;
  }

  #updateStatus(node, { status, time, retry }) {
    const wanted = status ?? (time ? "sent" : "");
    if (node.dataset.status === wanted) return;
    node.dataset.status = wanted;
    const about = node.querySelector(".about");
    if (status === "failed") {
      const again = element("button", "retry", this.#say("retry"));
      again.type = "button";
      again.addEventListener("click", retry);
      about.replaceChildren(this.#say("failed"), " ", again);
    } else if (status === "sending") {
      about.replaceChildren(this.#say("sending"));
    } else if (time) {
      about.replaceChildren(clock(time, this.#locale));
    }
  }
}

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function link(url, text) {
  const made = element("a", "", text);
  made.href = url;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(from, match.index), link(match[0], match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

// Puts the nodes in this order and touches only what is out of place.
function place(list, nodes) {
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.children.length > nodes.length) list.lastChild.remove();
}

function follows(item, before) {
  return item.kind === "message" && before?.kind === "message" && item.author === before.author
    && item.name === before.name && (!before.time || day(item.time) === day(before.time));
}

function day(time) {
  return (time ? new Date(time) : new Date()).toDateString();
}

function clock(time, locale) {
  const made = element("time", "", new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date(time)));
  made.dateTime = time;
  return made;
}

function dayName(time, locale) {
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((midnight(new Date(time)) - midnight(new Date())) / 86_400_000);
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
  return new Intl.DateTimeFormat(locale, { dateStyle: "full" }).format(new Date(time));
}
