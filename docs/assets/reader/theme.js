/* Light or dark, before the first paint: what the reader chose last, else what the system asks for. */
(function () {
  "use strict";
  var KEY = "jianggao.tone";
  var dark = window.matchMedia ? window.matchMedia("(prefers-color-scheme: dark)") : null;

  function chosen() {
    try { return window.localStorage.getItem(KEY); } catch (error) { return null; }
  }

  function apply() {
    var tone = chosen() || (dark && dark.matches ? "dark" : "light");
    document.body.setAttribute("data-md-color-scheme", tone === "dark" ? "slate" : "default");
    return tone;
  }

  function label(button) {
    var tone = apply();
    button.textContent = tone === "dark" ? "浅色" : "深色";
    button.setAttribute("aria-label", "改用" + button.textContent + "页面");
  }

  apply();
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-tone]");
    if (!button) { return; }
    button.hidden = false;
    label(button);
    button.addEventListener("click", function () {
      var next = apply() === "dark" ? "light" : "dark";
      try { window.localStorage.setItem(KEY, next); } catch (error) { /* no storage: the choice lasts for this page */ }
      document.body.setAttribute("data-md-color-scheme", next === "dark" ? "slate" : "default");
      button.textContent = next === "dark" ? "浅色" : "深色";
      button.setAttribute("aria-label", "改用" + button.textContent + "页面");
    });
    if (dark && dark.addEventListener) { dark.addEventListener("change", function () { label(button); }); }
  });
})();
