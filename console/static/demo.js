// The demo page: three panes that look at one shop, and the shop's clock.

import { ask, byId, toast } from "./dom.js";
import { after, write } from "./ledger.js";
import { openGroup, question, show } from "./group.js";
import { catchUp, openPhone, say, tellTime } from "./phone.js";
import { openTabs, turnTo, unread } from "./tabs.js";

const EVERY = 1000;
let looking = null;
let again = false;

/** Ask what happened; while an answer is on its way, ask once more after it. */
async function look() {
  if (looking) {
    again = true;
    return looking;
  }
  looking = lookOnce().catch(() => {}).finally(() => { looking = null; });
  await looking;
  if (again) {
    again = false;
    await look();
  }
}

async function lookOnce() {
  const asked = question();
  const news = await ask(`/demo/ledger?after=${after()}&${asked}`);
  const first = after() === 0;
  byId("clock").querySelector(".long").textContent = news.clock;
  byId("clock").querySelector(".short").textContent = news.shortClock;
  byId("phone-time").textContent = news.time;
  tellTime(news.day, news.time);
  byId("phone-of").textContent = news.phone;
  const lines = write(news.entries);
  if (!first) unread("ledger", lines);
  if (asked === question()) unread("staff", show(news.cards, news.seen));
  await catchUp(news.said);
}

async function move(button, to) {
  const both = [byId("next-day"), byId("next-event")];
  both.forEach((one) => { one.disabled = true; });
  try {
    toast((await ask(`/demo/clock/${to}`, {})).said);
    await look();
  } finally {
    both.forEach((one) => { one.disabled = false; });
    button.focus({ preventScroll: true });
  }
}

openTabs();
openGroup(look);
openPhone(look);
for (const to of ["day", "event"]) byId(`next-${to}`).addEventListener("click", (event) => move(event.currentTarget, to));
for (const button of document.querySelectorAll("[data-say]")) {
  button.addEventListener("click", () => {
    turnTo("owner");
    say(button.dataset.say);
  });
}
look();
setInterval(() => { if (!document.hidden) look(); }, EVERY);
document.addEventListener("visibilitychange", look);
