/* The tools of an opened speech: cite it or a place in it, take it away, print it, copy with the source. */
(function (R) {
  "use strict";
  var KEY = "jianggao.copy-with-source";
  var page, record;

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function button(text, act) {
    var made = element("button", "", text);
    made.type = "button";
    made.addEventListener("click", function () { act(made); });
    return made;
  }

  // The paragraph or heading that holds a node of the text.
  function placeOf(node) {
    var body = page.querySelector(".speech-body");
    var block = node && (node.nodeType === 1 ? node : node.parentElement);
    while (block && block.parentElement !== body) block = block.parentElement;
    if (!block || !block.id) return null;
    var number = /^p(\d+)$/.exec(block.id);
    return { anchor: block.id, words: number ? "第" + number[1] + "段" : "“" + block.textContent + "”" };
  }

  // Where the reader is: in the words that are chosen, else at the place that the address names.
  function atHand() {
    var chosen = window.getSelection();
    if (chosen && !chosen.isCollapsed) {
      var inside = placeOf(chosen.anchorNode);
      if (inside) return inside;
    }
    try {
      return placeOf(document.getElementById(decodeURIComponent(location.hash.slice(1))));
    } catch (error) {
      return null; /* an address of another encoding names no place */
    }
  }

  function citations(place) {
    var list = element("dl");
    R.FORMS.forEach(function (form) {
      var text = R.cited(form[1], record, place, R.today()), term = element("dt", "", form[0]);
      term.append(button("复制", function (pressed) { R.copy(text, pressed); }));
      list.append(term, element("dd", "", text));
    });
    return list;
  }

  function wishes() {
    try { return localStorage.getItem(KEY) === "yes"; } catch (error) { return false; }
  }

  function withSource() {
    var label = element("label", "tools__choice"), box = element("input");
    box.type = "checkbox";
    box.checked = wishes();
    box.addEventListener("change", function () {
      try { localStorage.setItem(KEY, box.checked ? "yes" : "no"); } catch (error) { /* it lasts for this page */ }
    });
    document.addEventListener("copy", function (event) {
      var chosen = window.getSelection(), place = chosen && !chosen.isCollapsed ? placeOf(chosen.anchorNode) : null;
      if (!box.checked || !place || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", String(chosen) + "\n\n——" + R.cited(R.FORMS[1][1], record, place, R.today()));
      event.preventDefault();
    });
    label.append(box, "复制正文时附上出处");
    return label;
  }

  function citing() {
    var box = element("div", "cite"), choice = element("div", "cite__place"), out = element("div");
    var place = null, held = null;
    function show() {
      choice.textContent = "";
      if (place) {
        [["全文", null], [place.words, place]].forEach(function (one) {
          var pick = button(one[0], function () { held = one[1]; show(); });
          pick.setAttribute("aria-pressed", String(held === one[1]));
          choice.append(pick);
        });
      }
      out.textContent = "";
      out.append(citations(held));
    }
    function look(at) {
      place = held = at;
      show();
    }
    window.addEventListener("hashchange", function () { if (!box.hidden) look(atHand()); });
    box.append(choice, out, withSource());
    return { words: "引用", box: box, look: look };
  }

  function taking() {
    var box = element("div", "take"), row = element("div", "take__row");
    row.append(
      button("纯文本（.txt）", function () { globalThis.jianggao.save(R.fileName(record, ".txt"), "text/plain", R.asText(page)); }),
      button("Markdown（.md）", function () { globalThis.jianggao.save(R.fileName(record, ".md"), "text/markdown", R.asMarkdown(page)); })
    );
    if (page.dataset.word) {
      var word = element("a", "", "Word（.docx）");
      word.href = page.dataset.word;
      word.download = R.fileName(record, ".docx");
      row.append(word);
    }
    row.append(button("打印或存为 PDF", function () { window.print(); }));
    var label = element("label", "tools__choice"), numbers = element("input");
    numbers.type = "checkbox";
    numbers.addEventListener("change", function () { document.documentElement.classList.toggle("print-numbers", numbers.checked); });
    label.append(numbers, "打印时标出段号");
    box.append(row, label);
    return { words: "下载", box: box, look: function () {} };
  }

  // A row of buttons, below it the one panel that is open.
  function panels(tools, all) {
    var row = element("div", "tools__row"), open = null;
    function turn(one) {
      open = one;
      all.forEach(function (other) {
        other.box.hidden = other !== open;
        other.button.setAttribute("aria-expanded", String(other === open));
      });
    }
    tools.append(row);
    all.forEach(function (one) {
      // The place is asked for when the button goes down: some browsers let go of what was chosen with the click.
      var pressed = null;
      one.button = button(one.words, function () {
        var at = pressed ? pressed.place : atHand();
        pressed = null;
        turn(open === one ? null : one);
        if (open) one.look(at);
      });
      one.button.addEventListener("pointerdown", function () { pressed = { place: atHand() }; });
      row.append(one.button);
      tools.append(one.box);
    });
    turn(null);
    tools.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation(); // the marks of a search stay
      open.button.focus();
      turn(null);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var data = document.querySelector('script[type="application/ld+json"]'), tools = element("div", "tools");
    page = document.querySelector("[data-speech]");
    if (!page || !data) return;
    record = JSON.parse(data.textContent);
    panels(tools, [citing(), taking()]);
    page.querySelector(".speech-fields").after(tools);
  });
})(globalThis.jianggaoReader = globalThis.jianggaoReader || {});
