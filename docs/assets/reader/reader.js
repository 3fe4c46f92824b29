/* Beside the text: the outline follows the reading position, folds when it is long, and can be copied; below it a mistake
   can be reported. */
(function (R) {
  "use strict";
  var FOLD_FROM = 24; /* entries; a shorter outline stays open as a whole */

  function targets(links) {
    return links.map(function (link) {
      return { link: link, at: document.getElementById(decodeURIComponent(link.hash.slice(1))) };
    }).filter(function (pair) { return pair.at; });
  }

  function keepInView(box, link) {
    var outer = box.getBoundingClientRect(), inner = link.getBoundingClientRect();
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) {
      box.scrollTop += inner.top - outer.top - outer.height / 3;
    }
  }

  /* A button at each entry that has others below it. What the reader opened or shut stays so, and ``turned`` is told; gives
     what to call when the place in the text has changed. */
  function folds(outline, turned) {
    var folding = outline.querySelectorAll("li").length > FOLD_FROM;
    var buttons = Array.prototype.map.call(outline.querySelectorAll("li > ol, li > ul"), function (inner) {
      var button = document.createElement("button"), item = inner.parentNode;
      button.type = "button";
      button.className = "fold";
      button.setAttribute("aria-label", "“" + item.firstChild.textContent + "”的下级标题");
      button.addEventListener("click", function () {
        var open = button.getAttribute("aria-expanded") === "true";
        item.classList.toggle("is-shut", open);
        item.classList.toggle("is-open", !open);
        tell();
        turned();
      });
      inner.before(button);
      return button;
    });
    function tell() {
      buttons.forEach(function (button) {
        var has = button.parentNode.classList;
        button.setAttribute("aria-expanded", !has.contains("is-shut") && (!folding || has.contains("is-here") || has.contains("is-open")));
      });
    }
    tell();
    return tell;
  }

  function follow(outline, box) {
    var pairs = targets(Array.prototype.slice.call(outline.querySelectorAll("a")));
    var current = null, waiting = false;
    var refold = folds(outline, function () {
      var link = current;
      current = null;
      mark(link);
    });
    if (!pairs.length) { return; }

    function mark(link) {
      if (link === current) { return; }
      current = link;
      outline.querySelectorAll(".is-here").forEach(function (item) { item.classList.remove("is-here"); });
      outline.querySelectorAll("[aria-current]").forEach(function (one) { one.removeAttribute("aria-current"); });
      if (!link) { refold(); return; }
      /* What stands in a branch that the reader has shut is shown by the branch. */
      var shown = link;
      for (var item = link.parentNode; item !== outline; item = item.parentNode) {
        if (item.nodeName !== "LI") { continue; }
        item.classList.add("is-here");
        if (item.classList.contains("is-shut")) { shown = item.firstElementChild; }
      }
      shown.setAttribute("aria-current", "location");
      refold();
      keepInView(box, shown);
    }

    function look() {
      var low = 0, high = pairs.length, line = window.innerHeight * 0.3;
      waiting = false;
      while (low < high) {
        var middle = (low + high) >> 1;
        if (pairs[middle].at.getBoundingClientRect().top <= line) { low = middle + 1; } else { high = middle; }
      }
      mark(low ? pairs[low - 1].link : null);
    }

    window.addEventListener("scroll", function () {
      if (!waiting) { waiting = true; window.requestAnimationFrame(look); }
    }, { passive: true });
    look();
  }

  function plain(list, depth) {
    return Array.prototype.map.call(list.children, function (item) {
      var inner = item.querySelector("ol");
      var line = new Array(depth + 1).join("　") + item.firstElementChild.textContent;
      return inner ? line + "\n" + plain(inner, depth + 1) : line;
    }).join("\n");
  }

  function copy(text, done) {
    function byHand() {
      var field = document.createElement("textarea");
      field.value = text;
      field.setAttribute("readonly", "");
      field.style.position = "fixed";
      field.style.opacity = "0";
      document.body.appendChild(field);
      field.select();
      done(document.execCommand("copy"));
      document.body.removeChild(field);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, byHand);
    } else {
      byHand();
    }
  }

  /* Copies, and says on the button for a while whether it could. */
  R.copy = function (text, button) {
    button.dataset.words = button.dataset.words || button.textContent;
    copy(text, function (copied) {
      button.textContent = copied ? "已复制" : "复制不成";
      window.setTimeout(function () { button.textContent = button.dataset.words; }, 1600);
    });
  };

  function report(button) {
    var chosen = String(window.getSelection()).trim();
    return [
      "《" + button.dataset.title + "》（编号 " + document.querySelector("[data-speech]").dataset.speech + "）",
      "原始文件：" + button.dataset.file,
      "网页：" + decodeURI(location.href),
      "有问题的字句：" + (chosen.length > 300 ? chosen.slice(0, 300) + "……" : chosen || "（请写明在第几段）"),
      "问题和依据："
    ].join("\n");
  }

  /* The selection is read when the button goes down: some browsers drop it with the click. */
  function copies(button, text) {
    if (!button) { return; }
    var kept = "";
    button.hidden = false;
    button.addEventListener("pointerdown", function () { kept = text(); });
    button.addEventListener("click", function () {
      R.copy(kept || text(), button);
      kept = "";
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var outline = document.querySelector("[data-outline]");
    var reporting = document.querySelector("[data-copy-report]");
    copies(reporting, function () { return report(reporting); });
    document.querySelectorAll("[data-copy-card]").forEach(function (button) {
      var box = button.closest("details");
      copies(button, function () {
        return box.querySelector("summary b").textContent + "\n" + plain(box.querySelector("[data-outline-text] > ol"), 0);
      });
    });
    document.querySelectorAll(".outline > ul").forEach(function (list) { folds(list, function () {}); });
    if (!outline) { return; }
    follow(outline, outline);
    copies(document.querySelector("[data-copy-outline]"), function () {
      return plain(outline.querySelector("ol"), 0);
    });
  });
})(globalThis.jianggaoReader = globalThis.jianggaoReader || {});
