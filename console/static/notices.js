/* Brings WeChat's script and its tag to the page, and says what came of it. Which notices were allowed WeChat tells us itself. */

const page = document.querySelector("#notices");
const LONGEST = 10_000;
const OFF = 20004; // they switched off all notices of the account

function says(state) {
  for (const part of document.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
}

function trusts() {
  const { wx } = window;
  if (!wx) return says("trouble");
  let refused = false;
  wx.ready(() => refused || says("ready"));
  wx.error(() => { refused = true; says("trouble"); });
  const { app, second, nonce, signature } = page.dataset;
  wx.config({
    debug: false, appId: app, timestamp: Number(second), nonceStr: nonce, signature,
    jsApiList: ["closeWindow"], openTagList: ["wx-open-subscribe"],
  });
}

for (const tag of page.querySelectorAll("wx-open-subscribe")) {
  tag.addEventListener("success", ({ detail }) => says(/\baccept\b/.test(JSON.stringify(detail)) ? "accepted" : "declined"));
  tag.addEventListener("error", ({ detail }) => says(Number(detail?.errCode) === OFF ? "off" : "failed"));
}
document.addEventListener("WeixinOpenTagsError", () => says("trouble"));
document.querySelector("#back").addEventListener("click", () => window.wx?.closeWindow());

says("waiting");
const late = setTimeout(() => says("trouble"), LONGEST);
const script = document.createElement("script");
script.src = page.dataset.script;
script.onload = () => { clearTimeout(late); trusts(); };
script.onerror = () => { clearTimeout(late); says("trouble"); };
document.head.append(script);
