// The owner's phone: a real talk with the shop through the web chat's own API.

import { ask, byId, element, keepingEnd, rich, texts } from "./dom.js";

const talk = byId("talk");
const words = byId("words");
const account = document.body.dataset.account;
const api = `/api/v1/chat/${account}/messages`;
const shown = new Set();
let last = 0;
let now = { day: "", time: "" };
let told = { day: "", minutes: -100 };
const PAUSE = 5; // minutes of silence after which the time is shown again
let sending = Promise.resolve();
let changed = () => {};

export function openPhone(onChange) {
  changed = onChange;
  sending = remember().catch(() => {});
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.value.trim();
    words.value = "";
    if (text) say(text);
  });
}

async function remember() {
  for (const said of await ask("/demo/talk")) put(said, false);
  talk.scrollTop = talk.scrollHeight;
}

/** What the shop said by itself since: after a link was confirmed, or when time passed. */
export async function catchUp(newest) {
  if (newest <= last) return;
  await sending;
  if (newest <= last) return;
  const { messages } = await ask(`${api}?after=${last}`);
  for (const message of messages) put({ ...message, who: "shop" });
}

/** The shop's time, for what is said from now on. */
export function tellTime(day, time) {
  now = { day, time };
}

export function say(text, choice = null) {
  const message = { id: crypto.randomUUID?.() ?? `m${Date.now()}${Math.random()}`, text };
  if (choice) message.choice = choice;
  sending = sending.then(() => send(message, put({ who: "owner", text, choices: [] })));
  return sending;
}

async function send(message, bubble) {
  bubble.classList.add("waiting");
  const typing = element("div", { class: "typing", role: "img", "aria-label": texts.typing }, element("i"), element("i"), element("i"));
  const slow = setTimeout(() => keepingEnd(talk, () => talk.append(typing)), 120);
  try {
    const { messages } = await ask(api, message);
    for (const answer of messages) put({ ...answer, who: "shop" });
    bubble.classList.remove("failed");
  } catch (trouble) {
    failed(message, bubble, trouble);
  } finally {
    clearTimeout(slow);
    typing.remove();
    bubble.classList.remove("waiting");
  }
  changed();
}

function failed(message, bubble, trouble) {
  bubble.classList.add("failed");
  const again = element("button", { type: "button", onclick: () => {
    line.remove();
    sending = sending.then(() => send(message, bubble));
  } }, trouble.status === 429 ? texts.slowDown : texts.notSent);
  const line = element("div", { class: "choices" }, again);
  keepingEnd(talk, () => bubble.after(line));
}

/** Whoever answers with the keyboard finds the next answer under it, unless they have gone elsewhere. */
function goOn() {
  if (document.activeElement !== document.body) return;
  (talk.querySelector(".choices:not(.old) button") ?? words).focus({ preventScroll: true });
}

function put(said, fresh = true) {
  if (said.id && shown.has(said.id)) return null;
  if (said.id) {
    shown.add(said.id);
    last = Math.max(last, said.id);
  }
  for (const old of talk.querySelectorAll(".choices:not(.old)")) old.classList.add("old");
  const bubble = element("div", { class: `bubble ${said.who}${fresh ? " fresh" : ""}` }, ...rich(said.text));
  keepingEnd(talk, () => {
    talk.append(...when(said.day ?? now.day, said.time ?? now.time), bubble);
    if (said.choices.length) talk.append(choicesOf(said.choices));
  });
  if (said.who === "owner") talk.scrollTop = talk.scrollHeight;
  return bubble;
}

/** The moment in the middle of the talk, when the last one is a while ago. */
function when(day, time) {
  const [hours, minutes] = time.split(":").map(Number);
  const moment = { day, minutes: hours * 60 + minutes };
  const soon = moment.day === told.day && moment.minutes - told.minutes < PAUSE;
  const line = soon || !time ? [] : [element("div", { class: "when numbers" }, day === told.day ? time : `${day} ${time}`)];
  if (!soon) told = moment;
  return line;
}

function choicesOf(choices) {
  const row = element("div", { class: "choices", role: "group" });
  for (const { id, text } of choices) {
    row.append(element("button", { type: "button", onclick: (event) => {
      const byKeyboard = event.detail === 0;
      for (const button of row.children) button.disabled = true;
      say(text, id).then(() => { if (byKeyboard) goOn(); });
    } }, text));
  }
  return row;
}
