// The list of hits, the pages below it, and what is said when there are none.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  var MOST_LINKS = 7;
  P.PER_PAGE = { hits: 10, lines: 50 };

  P.hitRows = function (hits) {
    return [["讲话日期", "讲话人", "标题", "处数", "编号", "网页"]].concat(hits.map(function (hit) {
      return [hit.date, hit.speaker, hit.title, hit.count, hit.id, hit.url];
    }));
  };

  // All that was found, not this page of it; no text is loaded for it.
  function saveHits(button) {
    var state = P.state;
    button.disabled = true;
    J.search(state.q, { limit: Infinity, snippets: false, sort: state.sort, only: state.only, filters: state.filters }).then(function (result) {
      if (P.state === state) P.saveRows("检索结果", P.hitRows(result.hits));
    }).catch(function (error) {
      if (P.state === state) P.say([P.wordsOf(error)]);
    }).then(function () { button.disabled = false; });
  }

  function showHit(hit) {
    var item = P.element("li", "jg-hit"), title = P.element("a", "jg-hit__title");
    item.dataset.searchHit = "";
    item.dataset.id = hit.id;
    item.dataset.count = String(hit.count);
    title.href = P.linkTo(hit);
    title.innerHTML = hit.titleHtml || "无题";
    var heading = P.element("h2", "jg-hit__head");
    heading.append(title);
    var facts = [hit.date || "日期不详", hit.speaker || "讲话人未署名"];
    if (hit.count) facts.push(P.number(hit.count) + " 处");
    item.append(heading, P.element("p", "jg-hit__facts", facts.join(" · ")));
    hit.snippets.forEach(function (snippet) {
      if (!snippet.html || snippet.anchor === null) return;
      var line = P.element("a", "jg-hit__snippet");
      line.href = P.linkTo(hit, snippet.anchor);
      line.innerHTML = snippet.html;
      item.append(line);
    });
    return item;
  }

  function pageLink(number, text, label) {
    var link = P.link({ page: number }, text);
    link.setAttribute("aria-label", label || "第 " + number + " 页");
    if (number === P.state.page) link.setAttribute("aria-current", "page");
    link.addEventListener("click", function () { P.at.root.scrollIntoView(); });
    return link;
  }

  P.showPages = function (total, perPage) {
    var pages = P.at.pages, now = P.state.page, last = Math.ceil(total / perPage);
    pages.textContent = "";
    if (last < 2) return;
    var from = Math.max(1, Math.min(now - 3, last - MOST_LINKS + 1)), to = Math.min(last, from + MOST_LINKS - 1);
    if (now > 1) pages.append(pageLink(now - 1, "上一页", "上一页"));
    for (var n = from; n <= to; n++) pages.append(pageLink(n, String(n)));
    if (now < last) pages.append(pageLink(now + 1, "下一页", "下一页"));
  };

  P.found = function (what, result, perPage) {
    return what + (result.total > perPage ? "，这是第 " + P.number(P.state.page) + " 页" : "") +
      "（" + Math.max(1, Math.round(result.ms)) + " 毫秒）";
  };

  P.showHits = function (result) {
    result.hits.forEach(function (hit) { P.at.list.append(showHit(hit)); });
    P.showPages(result.total, P.PER_PAGE.hits);
    var places = result.occurrences ? "，共 " + P.number(result.occurrences) + " 处" : "";
    P.tell("ready", P.found("找到 " + P.number(result.total) + " 篇" + places, result, P.PER_PAGE.hits), result.total);
    P.say(result.message ? [result.message] : []);
    var save = P.button("", "存表（CSV）", function () { saveHits(save); });
    P.at.save.append(save);
  };

  // --- nothing found
  // What the reader can do, as parts of a remark.
  function explain(told, state) {
    var missing = told.terms.filter(function (t) { return !t.total; }).map(function (t) { return "“" + P.brief(t.text) + "”"; });
    if (told.total) return ["去掉筛选条件后有 " + P.number(told.total) + " 篇：", P.link({ filters: {} }, "全部去掉"), "。"];
    if (!told.terms.length) return ["每一篇都有要排除的词。"];
    if (!missing.length) return ["这些条件各自都有讲稿符合，但没有一篇同时符合。请减少检索词。"];
    if (state.only) return ["小标题里没有" + missing.join("、") + "。", P.link({ only: "" }, "在全文里找"), "。"];
    if (told.terms.length > 1) return ["全部讲稿里都没有：" + missing.join("、") + "。"];
    return [told.instead.length ? "" : "检索是逐字进行的：请检查有没有错字，或者换一个更短的说法。"];
  }

  P.showNothing = function (state) {
    P.tell("empty", "没有找到符合“" + P.brief(state.q) + "”的讲稿。", 0);
    J.suggest(state.q, { only: state.only }).then(function (told) {
      if (P.state !== state) return;
      var parts = explain(told, state);
      if (told.instead.length) parts.push("你是不是要找：");
      told.instead.forEach(function (one, n) {
        parts.push(n ? "、" : "", P.link({ q: one.query }, P.brief(one.text)), "（" + P.number(one.total) + " 篇）");
      });
      P.say(parts);
    }, function () { /* the hint is a courtesy; the answer itself stands */ });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
