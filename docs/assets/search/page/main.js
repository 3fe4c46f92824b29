// Running: what the reader does becomes a state, the state an answer; the last one asked wins.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  var WAIT = 160, SLOW = 200, KEEP_AFTER = 2500;
  var FIELD = /^-?(小?标题|讲话人|场合|地点)：(?=\S)/;
  var timer = 0, keeping = 0, composing = false, typing = false, followed = null;

  // Reading thousands of speeches takes its time: it says how far it is and can be stopped.
  P.lineOptions = function (state, more) {
    var began = performance.now();
    return Object.assign({
      sort: state.sort, lines: state.lines, only: state.only, filters: state.filters,
      stopped: function () { return P.state !== state || P.stopping; },
      progress: function (done, all) {
        if (P.state !== state || performance.now() - began < 400) return;
        P.at.stop.hidden = false;
        // On the button, not in the status, which would be read out at every step.
        P.at.stop.textContent = "停止（已读 " + P.number(done) + " / " + P.number(all) + " 篇）";
      }
    }, more);
  };

  var VIEWS = {
    hits: {
      ask: function (state) {
        var each = P.PER_PAGE.hits;
        return J.search(state.q, { offset: (state.page - 1) * each, limit: each, sort: state.sort, only: state.only, filters: state.filters });
      },
      show: function (result) { P.showHits(result); }
    },
    lines: {
      ask: function (state) {
        var each = P.PER_PAGE.lines;
        return J.concordance(state.q, P.lineOptions(state, { offset: (state.page - 1) * each, limit: each }));
      },
      show: function (result) { P.showLines(result); }
    },
    trend: {
      ask: function (state) { return J.trend(state.q, { only: state.only, filters: state.filters }); },
      show: function (result) { P.showTrend(result); }
    }
  };

  function clear() {
    P.at.list.textContent = P.at.pages.textContent = P.at.out.textContent = P.at.save.textContent = "";
    P.at.stop.hidden = true;
  }

  // Our own errors are told in Chinese; whatever else went wrong is nothing that a reader could mend.
  P.wordsOf = function (error) {
    return /[\u4e00-\u9fff]/.test(error.message) ? error.message : "检索出了问题，请刷新页面再试。";
  };

  P.failed = function (error) {
    clear();
    P.showChips();
    P.tell("error", P.wordsOf(error));
    P.say([]);
  };

  // The controls as the state has them.
  function dress(state) {
    var at = P.at;
    ["sort", "lines", "measure"].forEach(function (name) { at[name].value = state[name]; });
    at.only.checked = state.only === "heading";
    at.sort.parentElement.hidden = state.view === "trend" || (state.view === "lines" && state.lines !== "text");
    at.lines.parentElement.hidden = state.view !== "lines";
    at.measure.parentElement.hidden = state.view !== "trend";
    at.views.querySelectorAll("[data-view]").forEach(function (link) {
      var next = P.changed({ view: link.dataset.view });
      link.href = P.address(next);
      if (link.dataset.view === state.view) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    document.title = (state.q ? P.brief(state.q) + " - " : "") + P.title;
    P.showPast();
  }

  // Address and controls as the state has them, once.
  function follow(state, push) {
    if (P.state !== state || followed === state) return;
    followed = state;
    P.remember(state, push);
    dress(state);
  }

  function show(state, result) {
    var each = P.PER_PAGE[state.view], last = each ? Math.ceil(result.total / each) : 1;
    if (result.total && state.page > last) return P.run(Object.assign({}, state, { page: last }));
    clear();
    P.showFilters(result.facets);
    if (result.message && !result.total) {
      P.tell("error", result.message, 0);
      P.say([]);
    } else if (result.total === 0 || (state.view === "trend" && !result.series.some(function (one) { return one.total; }))) {
      if (!FIELD.test(state.q)) P.showNothing(state);
      else P.tell("empty", "没有找到符合“" + P.brief(state.q) + "”的讲稿。", 0);
    } else VIEWS[state.view].show(result);
    var half = FIELD.exec(state.q);
    if (half) P.say(["想只在“" + half[1] + "”里找？请用半角冒号：", P.link({ q: state.q.replace("：", ":") }, state.q.replace("：", ":"))]);
  }

  P.run = function (state, push) {
    clearTimeout(timer);
    clearTimeout(keeping);
    typing = false;
    P.state = state;
    P.stopping = false;
    if (P.typed() !== state.q) P.at.input.value = state.q;
    P.at.views.hidden = P.at.status.parentElement.hidden = !state.q;
    if (!state.q) {
      clear();
      P.showFilters({});
      P.tell("ready", "");
      P.say([]);
      follow(state, push);
      return;
    }
    // The old answer stands until the new one is there or is slow to come; address and controls follow either.
    P.tell("loading", P.at.status.textContent);
    var late = setTimeout(function () {
      if (P.state === state) P.at.status.textContent = "正在检索……";
      follow(state, push);
    }, SLOW);
    var answered = function () {
      clearTimeout(late);
      setTimeout(follow, 0, state, push);
    };
    VIEWS[state.view].ask(state).finally(answered).then(function (result) {
      if (P.state !== state) return;
      show(state, result);
      // A link that was followed may be gone with the old answer; the focus goes to the new one.
      if (P.refocus && document.activeElement === document.body) P.at.status.focus({ preventScroll: true });
      P.refocus = false;
      // What has an answer is kept: at once when it was sent off, else when the reader stays with it.
      if (P.at.status.dataset.state === "ready") keeping = setTimeout(function () { P.keepQuery(state.q); }, push ? 0 : KEEP_AFTER);
    }).catch(function (error) {
      if (P.state === state) P.failed(error);
    });
  };

  // What stands in the box; letters that are still being composed do not.
  P.typed = function () { return composing ? P.state.q : P.clean(P.at.input.value); };

  // Typing on is one step for the button that leads back, however often it is answered on the way.
  function later() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (P.typed() === P.state.q) return;
      var goesOn = typing || !P.state.q;
      P.run(P.changed(), !goesOn);
      typing = true;
    }, WAIT);
  }

  // --- hands
  function listen() {
    var at = P.at, list = at.list;
    at.input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
    at.input.addEventListener("compositionend", function () { composing = false; later(); });
    at.input.addEventListener("input", function (event) { if (!composing && !event.isComposing) later(); });
    ["sort", "lines", "measure"].forEach(function (name) {
      at[name].addEventListener("change", function () {
        var change = {};
        change[name] = at[name].value;
        P.run(P.changed(change), true);
      });
    });
    at.only.addEventListener("change", function () { P.run(P.changed({ only: at.only.checked ? "heading" : "" }), true); });
    at.views.addEventListener("click", function (event) {
      var link = event.target.closest("[data-view]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      P.run(P.changed({ view: link.dataset.view }), true);
    });
    at.form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (!composing) P.run(P.changed(), true);
    });
    at.stop.addEventListener("click", function () { P.stopping = true; });
    list.addEventListener("click", function (event) { if (event.target.closest("a")) P.keepQuery(P.state.q); });
    // On a wide window the filters stand beside the results, on a narrow one they are folded above.
    var wide = window.matchMedia("(min-width: 960px)"), fold = function () { at.filters.parentElement.open = wide.matches; };
    fold();
    wide.addEventListener("change", fold);
    window.addEventListener("popstate", function () {
      var state = P.fromAddress();
      if (P.address(state) !== P.address(P.state)) P.run(state);
    });
    document.addEventListener("keydown", onKey);
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var links = Array.from(P.at.list.querySelectorAll(".jg-hit__title, .jg-line__words")), held = document.activeElement, at = links.indexOf(held);
    if (event.key === "ArrowDown" && links.length && (at >= 0 || held === P.at.input)) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at ? links[at - 1] : P.at.input).focus();
    }
  }

  J.run.page = function () {
    P.find();
    P.title = document.title;
    listen();
    var state = P.fromAddress();
    // What was typed while the page was still loading is not thrown away.
    if (!state.q) state.q = P.clean(P.at.input.value);
    P.run(state);
    if (!state.q) P.at.input.focus();
  };
})(globalThis.jianggao = globalThis.jianggao || {});
