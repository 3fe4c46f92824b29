// Small helpers of the search page, and its places. Nothing here touches the page before it runs.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};

  P.element = function (tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  P.button = function (className, text, act) {
    var made = P.element("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  P.number = function (value) { return String(value).replace(/\B(?=(\d{3})+$)/g, ","); };

  var MOST_SHOWN = 60;
  P.brief = function (text) {
    var chars = Array.from(text);
    return chars.length > MOST_SHOWN ? chars.slice(0, MOST_SHOWN).join("") + "……" : text;
  };

  P.find = function () {
    var root = document.querySelector("[data-search-page]");
    var at = function (name) { return root.querySelector("[data-search-" + name + "]"); };
    P.at = {
      root: root, form: root.querySelector("form"), input: root.querySelector("form").elements.q,
      only: at("only"), views: at("views"), sort: at("sort"), lines: at("lines"), measure: at("measure"), status: at("status"),
      stop: at("stop"), save: at("save"), note: at("note"), chips: at("chips"), filters: at("filters"), past: at("past"),
      out: at("out"), list: at("hits"), pages: at("pages")
    };
  };

  // Half a pair of surrogates is no character, and no address can carry it.
  P.clean = function (text) {
    return Array.from(text).map(function (c) { return /^[\ud800-\udfff]$/.test(c) ? "\ufffd" : c; }).join("").replace(/[\r\n]+/g, " ").trim();
  };

  P.tell = function (state, text, total) {
    var status = P.at.status;
    status.dataset.state = state;
    status.dataset.total = total === undefined ? "" : String(total);
    status.textContent = text;
    P.at.list.setAttribute("aria-busy", state === "loading" ? "true" : "false");
  };

  // A remark below the status, made of texts and elements; of nothing it is taken away.
  P.say = function (parts) {
    var note = P.at.note;
    note.textContent = "";
    note.hidden = !parts || !parts.length;
    (parts || []).forEach(function (part) { note.append(part); });
  };

  // --- taking away
  var FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

  // Rows as CSV for a spreadsheet; a cell that it would run as a formula gets an apostrophe before it. Numbers stay numbers.
  P.csv = function (rows) {
    return rows.map(function (cells) {
      return cells.map(function (cell) {
        var text = cell === null ? "" : String(cell);
        if (typeof cell === "string" && FORMULA.test(text)) text = "'" + text;
        return '"' + text.replace(/"/g, '""') + '"';
      }).join(",") + "\r\n";
    }).join("");
  };

  // Rows whose last column is an address below the site's beginning are saved with the whole address.
  P.saveRows = function (what, rows) {
    var whole = rows.map(function (cells, n) {
      return n ? cells.slice(0, -1).concat(new URL(J.root + cells[cells.length - 1], location.href).href) : cells;
    });
    J.save(P.fileName(what, P.state.q, ".csv"), "text/csv", P.csv(whole));
  };

  P.fileName = function (what, query, ending) {
    var words = Array.from(query.replace(/[\\/:*?"<>|\s]+/g, " ").trim()).slice(0, 30).join("");
    return what + " " + words + ending;
  };
})(globalThis.jianggao = globalThis.jianggao || {});
