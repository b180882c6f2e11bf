/* Stands for jweixin-1.6.0.js: trusts a page as WeChat does, draws the tag's button, asks the follower. */
(() => {
  const whenReady = [], whenRefused = [];
  window.wx = {
    ready: (then) => whenReady.push(then),
    error: (then) => whenRefused.push(then),
    closeWindow: () => window.wechatCloses(),
    config: async (given) => {
      const why = await window.wechatVouches(given, location.href);
      if (why) return whenRefused.forEach((then) => then({ errMsg: `config:${why}` }));
      document.querySelectorAll(given.openTagList.join()).forEach(draws);
      whenReady.forEach((then) => then());
    },
  };
  function draws(tag) {
    const said = (slot) => tag.querySelector(`script[type="text/wxtag-template"]${slot}`).textContent;
    const look = new CSSStyleSheet();
    look.replaceSync(said('[slot="style"]').replace(/<\/?style>/g, ""));
    tag.attachShadow({ mode: "open" }).innerHTML = said(":not([slot])");
    tag.shadowRoot.adoptedStyleSheets = [look];
    tag.shadowRoot.querySelector("button").addEventListener("click", async () => {
      const detail = await window.wechatAsks(tag.getAttribute("template"));
      tag.dispatchEvent(new CustomEvent(detail.errCode ? "error" : "success", { detail }));
    });
  }
})();
