// Puts the chat on any page: a button in the corner, and the chat in a frame.
//   <script src="https://…/webchat.js" data-channel="…" async></script>
// The frame and the button live in a shadow root, with style sheets made by script, so that neither the page's
// styles nor a strict content policy (script-src, connect-src and frame-src with our host) get in their way.
"use strict";

(() => {
  const script = document.currentScript;
  const base = new URL(".", script.src);
  const channel = script.dataset.channel ?? new URL(script.src).searchParams.get("channel");
  if (!channel || document.querySelector(`[data-frontdesk="${CSS.escape(channel)}"]`)) return;

  const OPEN_KEY = `frontdesk.open.${channel}`;
  const KEPT = ["token", "draft", "outbox"];
  const WORDS = {
    en: ["Open the chat", "Close the chat", "unread"],
    zh: ["打开聊天", "关闭聊天", "未读"],
    pl: ["Otwórz czat", "Zamknij czat", "nieprzeczytane"],
    es: ["Abrir el chat", "Cerrar el chat", "sin leer"],
  };
  const tags = [...navigator.languages, document.documentElement.lang, "en"].map((tag) => tag.split("-")[0].toLowerCase());
  const [openWord, closeWord, unreadWord] = WORDS[tags.find((tag) => tag in WORDS)];

  const STYLE = `
    :host { all: initial; --gap: max(16px, env(safe-area-inset-bottom)); }
    button { position: fixed; inset-block-end: var(--gap); inset-inline-end: 16px; z-index: 2147483000; inline-size: 56px;
      block-size: 56px; border: 0; border-radius: 50%; padding: 0; cursor: pointer; color: var(--ink);
      background: var(--accent); box-shadow: 0 6px 20px rgb(0 0 0 / .22); transition: transform .15s ease; }
    button:hover { transform: scale(1.05); }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    svg { inline-size: 26px; block-size: 26px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round;
      stroke-linejoin: round; vertical-align: middle; }
    [aria-expanded=true] .bubble, [aria-expanded=false] .cross { display: none; }
    .badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 20px; box-sizing: border-box;
      padding: 0 5px; border-radius: 10px; font: 600 12px/20px system-ui, sans-serif; color: #fff; background: #c62828; }
    .badge:empty { display: none; }
    iframe { position: fixed; inset-block-end: calc(var(--gap) + 68px); inset-inline-end: 16px; z-index: 2147483000;
      inline-size: min(400px, calc(100vw - 32px)); block-size: min(640px, calc(100dvh - 104px)); border: 0;
      border-radius: 16px; box-shadow: 0 12px 40px rgb(0 0 0 / .26); background: Canvas; }
    iframe[hidden] { display: none; }
    @media (max-width: 480px), (max-height: 480px) {
      iframe { inset: 0; inline-size: 100%; block-size: 100%; border-radius: 0; }
      [aria-expanded=true] { display: none; }
    }
    @media (prefers-reduced-motion: reduce) { button { transition: none; } }
    @media print { :host { display: none; } }`;

  const shape = (className, path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", className);
    svg.append(document.createElementNS(svg.namespaceURI, "path"));
    svg.firstChild.setAttribute("d", path);
    return svg;
  };

  const host = document.createElement("div");
  host.dataset.frontdesk = channel;
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.type = "button";
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  button.append(
    shape("bubble", "M4 5h16v11H9.5L5 20v-4H4z"),
    shape("cross", "M6 6l12 12M18 6L6 18"),
    badge,
  );
  root.append(button);

  let frame = null;
  let isReady = false;
  let unread = 0;
  let title = "Chat";

  const isOpen = () => frame !== null && !frame.hidden;
  const tell = () => {
    if (isReady) frame.contentWindow.postMessage({ frontdesk: "shown", shown: isOpen() }, base.origin);
  };

  const label = () => {
    button.setAttribute("aria-expanded", String(isOpen()));
    button.setAttribute("aria-label", isOpen() ? closeWord : unread ? `${openWord} (${unread} ${unreadWord})` : openWord);
    badge.textContent = unread && !isOpen() ? String(Math.min(unread, 99)) : "";
  };

  // A site that may not store anything forgets: that the chat was open, and who the visitor is.
  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };

  const remember = () => attempt(() => sessionStorage.setItem(OPEN_KEY, isOpen() ? "1" : ""));
  const wasOpen = () => attempt(() => sessionStorage.getItem(OPEN_KEY)) === "1";

  // Browsers that refuse storage to frames of other sites leave the frame nothing but this site's own.
  const keep = ({ name, value }) =>
    attempt(() => {
      if (KEPT.includes(name)) localStorage.setItem(`frontdesk.${channel}.${name}`, String(value));
    });
  const recall = () => {
    const kept = Object.fromEntries(
      KEPT.map((name) => [name, attempt(() => localStorage.getItem(`frontdesk.${channel}.${name}`)) ?? ""]),
    );
    frame.contentWindow.postMessage({ frontdesk: "recalled", kept }, base.origin);
  };

  const show = (open) => {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.src = new URL(`chat/${encodeURIComponent(channel)}`, base).href;
      frame.title = title;
      root.append(frame);
    }
    frame.hidden = !open;
    label();
    remember();
  };

  const toggle = (open) => {
    show(open);
    tell();
    if (!open) button.focus();
  };

  button.addEventListener("click", () => toggle(!isOpen()));
  addEventListener("message", ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== base.origin) return;
    if (data?.frontdesk === "ready") {
      isReady = true;
      tell();
    }
    if (data?.frontdesk === "close") toggle(false);
    if (data?.frontdesk === "keep") keep(data);
    if (data?.frontdesk === "recall") recall();
    if (data?.frontdesk === "unread") {
      unread = Number(data.count) || 0;
      label();
    }
  });

  const start = async () => {
    const response = await fetch(new URL(`webchat/${encodeURIComponent(channel)}/launcher`, base), { credentials: "omit" });
    if (!response.ok) return;
    const look = await response.json();
    title = look.title;
    host.style.setProperty("--accent", look.accent);
    host.style.setProperty("--ink", look.accent_ink);
    label();
    document.body.append(host);
    if (wasOpen()) show(true);
  };
  start().catch(() => console.warn("the chat cannot be shown here: its server refused this site or cannot be reached"));
})();
