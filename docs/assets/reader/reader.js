/* Beside the text: the outline follows the reading position, folds when it is long, and can be copied. */
(function () {
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

  function follow(outline, box) {
    var pairs = targets(Array.prototype.slice.call(outline.querySelectorAll("a")));
    var current = null, waiting = false;
    if (!pairs.length) { return; }
    if (pairs.length > FOLD_FROM) { outline.classList.add("is-folding"); }

    function mark(link) {
      if (link === current) { return; }
      current = link;
      outline.querySelectorAll(".is-here").forEach(function (item) { item.classList.remove("is-here"); });
      pairs.forEach(function (pair) { pair.link.removeAttribute("aria-current"); });
      if (!link) { return; }
      link.setAttribute("aria-current", "location");
      for (var item = link.parentNode; item !== outline; item = item.parentNode) {
        if (item.nodeName === "LI") { item.classList.add("is-here"); }
      }
      keepInView(box, link);
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

  document.addEventListener("DOMContentLoaded", function () {
    var outline = document.querySelector("[data-outline]");
    var button = document.querySelector("[data-copy-outline]");
    if (!outline) { return; }
    follow(outline, outline);
    button.hidden = false;
    button.addEventListener("click", function () {
      copy(plain(outline.querySelector("ol"), 0), function (copied) {
        button.textContent = copied ? "已复制" : "复制不成";
        window.setTimeout(function () { button.textContent = "复制"; }, 1600);
      });
    });
  });
})();
