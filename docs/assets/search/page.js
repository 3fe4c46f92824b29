// The search page: results as one types, state in the address, last query wins.
(function (J) {
  "use strict";
  var WAIT = 160, PER_PAGE = 10, MOST_LINKS = 7, MOST_SHOWN = 60;
  // The archive's facets. Whatever else stands in an address (utm_source=…) was put there by others.
  var FACETS = ["year", "speaker", "kind", "place", "source", "completeness"];
  var page = document.querySelector("[data-search-page]");
  var form = page.querySelector("form"), input = form.elements.q, sort = page.querySelector("[data-search-sort]");
  var status = page.querySelector("[data-search-status]"), list = page.querySelector("[data-search-hits]");
  var note = page.querySelector("[data-search-note]"), pages = page.querySelector("[data-search-pages]");
  var latest = 0, timer = 0, composing = false, shown = null;
  var FIELD = /^-?(小?标题|讲话人|场合|地点)：(?=\S)/;

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // --- state: what the address says
  function fromAddress() {
    var given = new URLSearchParams(location.search), filters = {};
    given.forEach(function (value, name) {
      if (FACETS.indexOf(name) >= 0) (filters[name] = filters[name] || []).push(value);
    });
    var number = parseInt(given.get("page"), 10);
    return { q: given.get("q") || "", sort: given.get("sort") || "relevance", page: number > 0 ? number : 1, filters: filters };
  }

  function address(state) {
    var out = new URLSearchParams();
    if (state.q) out.set("q", state.q);
    if (state.sort !== "relevance") out.set("sort", state.sort);
    Object.keys(state.filters).forEach(function (name) {
      state.filters[name].forEach(function (value) { out.append(name, value); });
    });
    if (state.page > 1) out.set("page", String(state.page));
    var text = out.toString();
    return location.pathname + (text ? "?" + text : "");
  }

  function remember(state, push) {
    try {
      history[push ? "pushState" : "replaceState"](null, "", address(state));
    } catch (error) { /* some browsers refuse this for a page opened by double click; the search itself works on */ }
  }

  // --- what the reader sees
  function brief(text) {
    var chars = Array.from(text);
    return chars.length > MOST_SHOWN ? chars.slice(0, MOST_SHOWN).join("") + "……" : text;
  }

  function tell(state, text, total) {
    status.dataset.state = state;
    status.dataset.total = total === undefined ? "" : String(total);
    status.textContent = text;
    page.setAttribute("aria-busy", state === "loading" ? "true" : "false");
  }

  function say(text, suggestion) {
    note.textContent = "";
    note.hidden = !text;
    if (!text) return;
    note.append(text);
    if (suggestion) {
      var button = element("button", "jg-search__suggest", suggestion);
      button.type = "button";
      button.addEventListener("click", function () { input.value = suggestion; run({ push: true }); });
      note.append(button);
    }
  }

  function linkTo(hit, anchor) {
    return J.root + hit.url + "?q=" + encodeURIComponent(shown.q) + (anchor ? "#" + anchor : "");
  }

  function showHit(hit) {
    var item = element("li", "jg-hit"), title = element("a", "jg-hit__title");
    item.dataset.searchHit = "";
    item.dataset.id = hit.id;
    item.dataset.count = String(hit.count);
    title.href = linkTo(hit);
    title.innerHTML = hit.titleHtml || "无题";
    var heading = element("h2", "jg-hit__head");
    heading.append(title);
    var facts = [hit.date || "日期不详", hit.speaker || "讲话人未署名"];
    if (hit.count) facts.push(hit.count + " 处");
    item.append(heading, element("p", "jg-hit__facts", facts.join(" · ")));
    hit.snippets.forEach(function (snippet) {
      if (!snippet.html || snippet.anchor === null) return;
      var line = element("a", "jg-hit__snippet");
      line.href = linkTo(hit, snippet.anchor);
      line.innerHTML = snippet.html;
      item.append(line);
    });
    return item;
  }

  function pageLink(state, number, text, label) {
    var link = element("a", "", text);
    link.href = address(Object.assign({}, state, { page: number }));
    link.setAttribute("aria-label", label || "第 " + number + " 页");
    if (number === state.page) link.setAttribute("aria-current", "page");
    link.addEventListener("click", function (event) {
      event.preventDefault();
      run({ page: number, push: true });
      page.scrollIntoView();
    });
    return link;
  }

  function showPages(state, total) {
    pages.textContent = "";
    var last = Math.ceil(total / PER_PAGE);
    if (last < 2) return;
    var from = Math.max(1, Math.min(state.page - 3, last - MOST_LINKS + 1)), to = Math.min(last, from + MOST_LINKS - 1);
    if (state.page > 1) pages.append(pageLink(state, state.page - 1, "上一页", "上一页"));
    for (var n = from; n <= to; n++) pages.append(pageLink(state, n, String(n)));
    if (state.page < last) pages.append(pageLink(state, state.page + 1, "下一页", "下一页"));
  }

  function show(state, result) {
    list.textContent = "";
    result.hits.forEach(function (hit) { list.append(showHit(hit)); });
    showPages(state, result.total);
    if (result.total) {
      tell("ready", "找到 " + result.total + " 篇" + (result.total > PER_PAGE ? "，这是第 " + state.page + " 页" : "") +
        "（" + Math.max(1, Math.round(result.ms)) + " 毫秒）", result.total);
      say(result.message || "");
    } else if (result.message) {
      tell("error", result.message, 0);
      say("");
    } else {
      tell("empty", "没有找到符合“" + brief(state.q) + "”的讲稿。", 0);
      if (!FIELD.test(state.q)) explainEmpty(state);
    }
    var half = FIELD.exec(state.q);
    if (half) say("想只在“" + half[1] + "”里找？请用半角冒号：", state.q.replace("：", ":"));
  }

  function explainEmpty(state) {
    var asked = latest;
    J.termTotals(state.q).then(function (terms) {
      if (asked !== latest) return;
      var missing = terms.filter(function (t) { return !t.total; }).map(function (t) { return "“" + brief(t.text) + "”"; });
      var filtered = Object.keys(state.filters).length > 0;
      say(missing.length && terms.length > 1 ? "全部讲稿里都没有：" + missing.join("、") + "。去掉它再试。"
        : missing.length ? "检索是逐字进行的：请检查有没有错字，或者换一个更短的说法。"
          : filtered ? "去掉筛选条件后会有结果。" : "这些词各自都有，但没有一篇讲稿同时符合。请减少检索词。");
    }, function () { /* the hint is a courtesy; the answer itself stands */ });
  }

  // --- running
  function run(change) {
    clearTimeout(timer);
    change = change || {};
    var state = { q: input.value.trim(), sort: sort.value, page: change.page || 1, filters: change.filters || (shown ? shown.filters : {}) };
    var mine = ++latest;
    shown = state;
    if (!change.silent) remember(state, change.push);
    if (!state.q) {
      list.textContent = pages.textContent = "";
      tell("ready", "");
      say("");
      return;
    }
    tell("loading", "正在检索……");
    var options = { offset: (state.page - 1) * PER_PAGE, limit: PER_PAGE, sort: state.sort, filters: state.filters };
    J.search(state.q, options).then(function (result) {
      if (mine !== latest) return;
      var last = Math.ceil(result.total / PER_PAGE);
      if (result.total && state.page > last) {
        state.page = last;
        remember(state);
        run({ page: last, filters: state.filters, silent: true });
      } else show(state, result);
    }, function (error) {
      if (mine !== latest) return;
      list.textContent = pages.textContent = "";
      tell("error", error.message);
      say("");
    });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(function () { if (!shown || input.value.trim() !== shown.q) run(); }, WAIT);
  }

  function restore() {
    var state = fromAddress();
    input.value = state.q;
    sort.value = state.sort;
    if (sort.selectedIndex < 0) sort.value = "relevance";
    run({ page: state.page, filters: state.filters, silent: true });
  }

  // --- hands
  input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  input.addEventListener("compositionend", function () { composing = false; later(); });
  input.addEventListener("input", function (event) { if (!composing && !event.isComposing) later(); });
  sort.addEventListener("change", function () { run({ push: true }); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!composing) run({ push: true });
  });
  window.addEventListener("popstate", restore);
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var links = Array.from(list.querySelectorAll(".jg-hit__title")), at = links.indexOf(document.activeElement);
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "ArrowDown" && links.length && (at >= 0 || document.activeElement === input)) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at ? links[at - 1] : input).focus();
    }
  });

  restore();
  if (!input.value) input.focus();
})(globalThis.jianggao = globalThis.jianggao || {});
