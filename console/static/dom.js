// Elements, icons and requests: the few words that the other modules share.

export const byId = (id) => document.getElementById(id);
export const texts = JSON.parse(byId("texts").textContent);

/** element("p", {class: "small"}, "text", child, …); properties that start with "on" are listeners. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name, tone = "") {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", tone ? `icon is-${tone}` : "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** JSON from the shop; throws an error with `status` when it does not answer well. */
export async function ask(path, said) {
  const options = said === undefined ? {} : { method: "POST", body: JSON.stringify(said), headers: { "Content-Type": "application/json" } };
  const answer = await fetch(path, options);
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
  return answer.json();
}

const WHOLE = /([\u4e00-\u9fff][A-Z]·?[A-Z0-9*]{2,6}|\d{4}-\d\d-\d\d)/;

/** Words in which a plate or a date is never broken over two lines. */
export function rich(text) {
  return text.split(WHOLE).map((part, index) => (index % 2 ? element("span", { class: "whole" }, part) : part)).filter(Boolean);
}

const CLOSE = 120;

/** Runs `change`, and keeps the end in sight when it was in sight before. */
export function keepingEnd(scroller, change) {
  const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < CLOSE;
  change();
  if (near) scroller.scrollTop = scroller.scrollHeight;
}

let hiding;

/** One sentence that goes away by itself. */
export function toast(words) {
  const spot = byId("toast");
  spot.replaceChildren(element("p", { class: "toast" }, words));
  clearTimeout(hiding);
  hiding = setTimeout(() => spot.replaceChildren(), 6000);
}
