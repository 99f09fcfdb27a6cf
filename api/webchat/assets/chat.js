// The chat page: wires what the visitor does and what the server says to what is shown.

import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Frame } from "./frame.js";
import { Outbox } from "./outbox.js";
import { Server } from "./server.js";
import { openStore } from "./store.js";
import { chooseLanguage, phrases } from "./strings.js";
import { Transcript } from "./transcript.js";
import { View } from "./view.js";

const PATIENCE_MS = 2000; // a shorter interruption is not worth a word
const NEAR_PX = 80;

const $ = (id) => document.getElementById(id);
const { channel, language: businessLanguage } = document.body.dataset;
const language = chooseLanguage(navigator.languages, businessLanguage);
const locale = navigator.languages.find((tag) => tag.split("-")[0].toLowerCase() === language) ?? language;
const say = phrases(language);
const log = $("log");

const store = await openStore(channel);
const transcript = new Transcript(say);
const view = new View($("items"), say, locale);
const frame = new Frame(document.title, () => composer.focus());
const server = new Server(new URL(`../webchat/${channel}`, location.href).pathname);
const connection = new Connection(server, store, { welcome: onWelcome, event: onEvent, connected: onConnected });
const outbox = new Outbox(store, (message) => connection.send(message), () => render());
const composer = new Composer($("composer"), store, say, (text) => {
  outbox.add(text);
  toBottom();
});

let connected = false;
let interruption = 0;

function onWelcome(session) {
  transcript.begin(session);
  composer.limit = session.text_limit;
  $("disclosure").textContent = session.welcome.disclosure ?? "";
  $("disclosure").lang = session.welcome.language;
  $("disclosure").hidden = !session.welcome.disclosure;
  showAttendant();
  render();
}

function onEvent(name, data) {
  if (name === "message") onMessage(data);
  if (name === "state") onState(data);
}

function onMessage(message) {
  const isNew = transcript.add(message);
  if (message.client_id) outbox.confirm(message.client_id);
  else if (isNew) $("typing").textContent = "";
  const isNews = isNew && message.author !== "contact" && log.ariaBusy === "false";
  render(isNews);
  if (isNews) frame.count();
}

function onState(state) {
  transcript.setState(state);
  $("typing").textContent = state.typing ? say("typing", { name: transcript.welcome.persona }) : "";
  showAttendant();
  render();
  log.ariaBusy = "false"; // the state follows the whole history
}

function onConnected(is) {
  if (is === connected) return;
  connected = is;
  clearTimeout(interruption);
  if (is) {
    $("connection").textContent = "";
    outbox.resume();
  } else {
    interruption = setTimeout(showInterruption, PATIENCE_MS);
  }
}

function showInterruption() {
  $("connection").textContent = say("reconnecting");
}

function showAttendant() {
  const { ai, business } = transcript.welcome;
  const phrase = { awaited: "awaited", person: "attended" }[transcript.state?.attendant];
  $("attendant").textContent = say(phrase ?? (ai ? "assistant" : "answers"), { business });
}

function render(isNews = false) {
  const wasNear = isNear();
  view.show(transcript.items(outbox.items, (id) => outbox.retry(id)));
  if (wasNear) toBottom();
  else if (isNews) $("newer").hidden = false;
}

function isNear() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
}

function toBottom() {
  log.scrollTop = log.scrollHeight;
  $("newer").hidden = true;
}

function translate() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.ariaLabel = say(node.dataset.label);
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
}

translate();
$("newer").addEventListener("click", toBottom);
log.addEventListener("scroll", () => {
  if (isNear()) $("newer").hidden = true;
});
new ResizeObserver(() => {
  if ($("newer").hidden) toBottom();
}).observe(log);
addEventListener("online", () => connection.hurry());
document.addEventListener("visibilitychange", () => connection.hurry());
interruption = setTimeout(showInterruption, PATIENCE_MS);
render();
outbox.pump();
connection.run();
if (!frame.isEmbedded) composer.focus();
