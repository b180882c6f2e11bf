// The ledger: one line per row that was written, new ones glide in at the end.

import { byId, element, icon, keepingEnd, rich } from "./dom.js";

const ledger = byId("ledger");
let last = 0;
let day = "";

export const after = () => last;

/** Adds the lines; returns how many. */
export function write(entries) {
  const fresh = last > 0;
  const news = entries.filter((entry) => entry.id > last);
  if (!news.length) return 0;
  byId("ledger-empty").hidden = true;
  keepingEnd(ledger.parentElement, () => news.forEach((entry) => ledger.append(...lines(entry, fresh))));
  last = news.at(-1).id;
  return news.length;
}

function lines(entry, fresh) {
  const head = entry.day === day ? [] : [element("h3", { class: "day numbers" }, entry.day)];
  day = entry.day;
  const moved = entry.row === "";
  const line = element("div", { class: `entry${fresh ? " fresh" : ""}${moved ? " moved" : ""}`, "data-verb": entry.verb },
    element("time", { class: "numbers" }, entry.time),
    icon(entry.icon, entry.tone),
    element("div", {}, element("p", {}, ...rich(entry.text)), moved ? brought(entry.brought) : element("p", { class: "row" }, entry.row)));
  return [...head, line];
}

/** What the day brought, a line per journey. */
function brought(journeys) {
  return journeys.length ? element("ul", { class: "brought" }, ...journeys.map((words) => element("li", {}, words))) : "";
}
