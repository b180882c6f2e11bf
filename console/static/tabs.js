// On a phone the panes are tabs; what happens behind the open one is counted on its tab.

import { byId } from "./dom.js";

const NAMES = ["owner", "ledger", "staff"];
const narrow = matchMedia("(max-width: 959px)");
const counts = { owner: 0, ledger: 0, staff: 0 };
let open = "owner";

export function openTabs() {
  for (const name of NAMES) {
    byId(`tab-${name}`).addEventListener("click", () => turnTo(name));
    byId(`tab-${name}`).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      turnTo(NAMES[(NAMES.indexOf(open) + step + NAMES.length) % NAMES.length]);
      byId(`tab-${open}`).focus();
    });
  }
}

export function turnTo(name) {
  open = name;
  for (const one of NAMES) {
    byId(`pane-${one}`).classList.toggle("open", one === name);
    byId(`tab-${one}`).setAttribute("aria-selected", String(one === name));
    byId(`tab-${one}`).tabIndex = one === name ? 0 : -1;
  }
  document.body.classList.toggle("on-owner", name === "owner");
  const scroller = byId(`pane-${name}`).querySelector(".scroll");
  scroller.scrollTop = scroller.scrollHeight;
  counts[name] = 0;
  showCount(name);
}

export function unread(name, more) {
  if (!more || !narrow.matches || open === name) return;
  counts[name] += more;
  showCount(name);
}

function showCount(name) {
  const badge = byId(`tab-${name}`).querySelector(".count");
  badge.hidden = counts[name] === 0;
  badge.textContent = counts[name] > 99 ? "99+" : String(counts[name]);
}
