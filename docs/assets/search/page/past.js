// The last queries, kept in this browser and nowhere else.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  var KEY = "jianggao.queries", MOST = 12, LONGEST = 200;

  function read() {
    try {
      var kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter(function (one) { return typeof one === "string"; }) : [];
    } catch (error) { return []; }
  }

  function write(queries) {
    try {
      if (queries.length) localStorage.setItem(KEY, JSON.stringify(queries));
      else localStorage.removeItem(KEY);
    } catch (error) { /* a browser that keeps nothing has no history */ }
  }

  P.keepQuery = function (query) {
    if (!query || query.length > LONGEST) return;
    write([query].concat(read().filter(function (one) { return one !== query; })).slice(0, MOST));
  };

  P.showPast = function () {
    var box = P.at.past, queries = P.state.q ? [] : read(), list = P.element("ul");
    box.textContent = "";
    box.hidden = !queries.length;
    if (!queries.length) return;
    queries.forEach(function (query) {
      var item = P.element("li");
      item.append(P.link({ q: query }, P.brief(query)));
      list.append(item);
    });
    var head = P.element("p", "", "最近检索（只记在这台电脑的浏览器里）");
    head.append(P.button("jg-plain", "清空", function () {
      write([]);
      P.showPast();
      P.at.input.focus();
    }));
    box.append(head, list);
  };
})(globalThis.jianggao = globalThis.jianggao || {});
