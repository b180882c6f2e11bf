// The staff group: cards whose buttons really act, as the member of staff who is chosen.

import { ask, byId, element, icon, keepingEnd, rich, texts, toast } from "./dom.js";

const group = byId("group");
const me = byId("me");
const MEMORY = "huiche-me";
const ICONS = { alarm: "alarm", warn: "warn", done: "done", info: "info" };
const known = new Map();
let seen = "";
let changed = () => {};

export function openGroup(onChange) {
  changed = onChange;
  const before = sessionStorage.getItem(MEMORY);
  if (before && me.querySelector(`option[value="${before}"]`)) me.value = before;
  me.addEventListener("change", () => {
    sessionStorage.setItem(MEMORY, me.value);
    seen = "";
    linkPage();
    changed();
  });
  linkPage();
}

export const question = () => `me=${me.value}&seen=${seen}`;

/** Brings the cards up to date; returns how many are new. */
export function show(cards, print) {
  seen = print;
  if (!cards) return 0;
  const first = known.size === 0;
  let fresh = 0;
  byId("group-empty").hidden = cards.length > 0;
  keepingEnd(byId("group-scroll"), () => {
    for (const card of cards) {
      const print = JSON.stringify(card);
      const old = known.get(card.task);
      if (old?.print === print) continue;
      const again = old && old.post !== card.post;
      const made = cardOf(card, (!old || again) && !first);
      const focused = old?.made.contains(document.activeElement);
      if (again) old.made.remove();
      old && !again ? old.made.replaceWith(made) : group.append(made);
      if (focused) (made.querySelector("button") ?? made).focus({ preventScroll: true });
      known.set(card.task, { print, made, post: card.post });
      fresh += old && !again ? 0 : 1;
    }
  });
  if (first) byId("group-scroll").scrollTop = byId("group-scroll").scrollHeight;
  return first ? 0 : fresh;
}

function cardOf(card, fresh) {
  return element("article", { class: `card tone-${card.tone}${fresh ? " fresh" : ""}`, "data-task": card.task, tabindex: "-1" },
    element("header", {}, element("span", { class: `tone-badge is-${card.tone}` }, icon(ICONS[card.tone] ?? "info")), element("h3", {}, card.title), element("time", { class: "numbers" }, card.time)),
    card.private ? element("div", { class: "private" }, element("p", {}, icon("eye"), texts.private), facts(card.private)) : facts(card.lines),
    element("p", { class: "footer numbers" }, card.footer),
    ...card.buttons.map((row, index) => element("div", { class: "actions" }, ...row.map((button) => actionOf(card, button, index)))));
}

function facts(lines) {
  const list = element("dl");
  for (const { name, value, quote } of lines) {
    const pair = [element("dt", {}, name), element("dd", {}, ...rich(value))];
    list.append(...(quote ? [element("div", { class: "quote" }, ...pair)] : pair));
  }
  return list;
}

function actionOf(card, { action, label }, row) {
  const main = row === 0 && action === "take";
  const kind = main ? " main" : action === "give_back" ? " quiet" : "";
  return element("button", { class: `button${kind}`, type: "button", "data-action": action, onclick: (event) => tap(event.currentTarget, card.task, action) }, label);
}

async function tap(button, task, action) {
  button.disabled = true;
  try {
    const { said } = await ask(`/demo/staff/${task}/${action}?me=${me.value}`, {});
    toast(said);
  } catch {
    toast(texts.away);
  }
  button.disabled = false;
  changed();
}

function linkPage() {
  byId("staff-page").href = `/demo/staff/page?me=${me.value}`;
}
