// On an opened speech with ?q=: every match of the whole terms marked, one after the other by key and button.
(function (J) {
  "use strict";
  var BLOCKS = "p,h1,h2,h3,h4,h5,h6,li,pre,td,dd,dt,blockquote,figcaption";
  // What stands in the page but is not the speech's own words.
  var FOREIGN = ".gap,[data-not-text],a.para-link,a.headerlink,script,style";
  var asked = J.asked(), query = asked.get("q"), only = asked.get("only") || "";
  var body = document.querySelector(".speech-body");
  var holder = body.closest("article") || document;
  var title = holder.querySelector("h1");
  var pieces = [], current = -1, bar = null, counter = null;

  // The words of the page as one stream of code points, each with the text node and the offset where it stands.
  function readPage() {
    var stream = { chars: [], nodes: [], at: [], titleEnd: 0, starts: [1], headings: [] }, block = null;
    function add(root) {
      var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (var node = walker.nextNode(); node; node = walker.nextNode()) {
        var mine = node.parentElement.closest(BLOCKS);
        if (!mine || !root.contains(mine) || node.parentElement.closest(FOREIGN)) continue;
        if (mine !== block && block) put(stream, "\n", null, 0);
        block = mine;
        var offset = 0;
        for (var char of node.data) {
          put(stream, /[\r\n]/.test(char) ? " " : char, node, offset);
          offset += char.length;
        }
      }
    }
    if (title) add(title);
    stream.titleEnd = stream.chars.length;
    add(body);
    body.querySelectorAll("h1[id],h2[id],h3[id],h4[id],h5[id],h6[id],.run-in").forEach(function (heading) {
      var first = -1, last = -1;
      stream.nodes.forEach(function (node, i) {
        if (node && heading.contains(node)) { if (first < 0) first = i; last = i; }
      });
      if (first >= 0) stream.headings.push([first, last + 1]);
    });
    return stream;
  }

  function put(stream, char, node, offset) {
    stream.chars.push(char);
    stream.nodes.push(node);
    stream.at.push(offset);
  }

  // Wraps what the matches cover in one text node. Each match has one mark.search-match, where it starts, so that they
  // can be counted; what follows of it is marked search-match-rest. Where several start, the piece is wrapped for each.
  function wrap(node, cover) {
    var whole = node.data, bounds = new Set([0, whole.length]), fragment = document.createDocumentFragment();
    cover.forEach(function (c) { bounds.add(c.from); bounds.add(c.to); });
    var edges = Array.from(bounds).sort(function (a, b) { return a - b; });
    for (var i = 0; i + 1 < edges.length; i++) {
      var text = document.createTextNode(whole.slice(edges[i], edges[i + 1])), outer = text;
      var here = cover.filter(function (c) { return c.from <= edges[i] && c.to >= edges[i + 1]; });
      var starting = here.filter(function (c) { return c.opens && c.from === edges[i]; });
      (starting.length ? starting : here.slice(0, 1)).forEach(function (c) {
        var mark = document.createElement("mark");
        mark.className = starting.length ? "search-match" : "search-match-rest";
        if (starting.length) mark.dataset.match = String(c.match);
        mark.append(outer);
        outer = mark;
      });
      here.forEach(function (c) { (pieces[c.match] = pieces[c.match] || []).push(outer); });
      fragment.append(outer);
    }
    node.replaceWith(fragment);
  }

  function markAll(stream, found) {
    var covers = new Map();
    found.forEach(function (m, number) {
      for (var i = m.start; i < m.end; i++) {
        var node = stream.nodes[i];
        if (!node) continue;
        if (!covers.has(node)) covers.set(node, new Map());
        var from = stream.at[i], to = from + (node.data.codePointAt(from) > 0xffff ? 2 : 1), mine = covers.get(node);
        if (!mine.has(number)) mine.set(number, { match: number, from: from, to: to, opens: i === m.start });
        else mine.get(number).to = to;
      }
    });
    covers.forEach(function (mine, node) { wrap(node, Array.from(mine.values())); });
  }

  function go(to) {
    if (!pieces.length) return;
    (pieces[current] || []).forEach(function (mark) { mark.classList.remove("is-current"); });
    current = (to + pieces.length) % pieces.length;
    pieces[current].forEach(function (mark) { mark.classList.add("is-current"); });
    var details = pieces[current][0].closest("details:not([open])");
    if (details) details.open = true;
    pieces[current][0].scrollIntoView({ block: "center" });
    counter.textContent = (current + 1) + " / " + pieces.length;
  }

  function putAway() {
    document.querySelectorAll("mark.search-match, mark.search-match-rest").forEach(function (mark) {
      var parent = mark.parentNode;
      mark.replaceWith.apply(mark, Array.from(mark.childNodes));
      parent.normalize();
    });
    bar.remove();
    pieces = [];
    document.removeEventListener("keydown", onKey);
    try {
      history.replaceState(null, "", location.pathname + location.hash);
    } catch (error) { /* a page opened by double click may keep its address */ }
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    if (event.key === "n") go(current + 1);
    else if (event.key === "p" || event.key === "N") go(current - 1);
    else if (event.key === "Escape") putAway();
    else return;
    event.preventDefault();
  }

  function button(text, label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function showBar(text) {
    bar = document.createElement("div");
    bar.className = "jg-marks";
    bar.setAttribute("role", "region");
    bar.setAttribute("aria-label", "检索词在本篇的位置");
    bar.dataset.matchBar = "";
    var term = document.createElement("a");
    term.className = "jg-marks__term";
    var back = new URLSearchParams({ q: query });
    if (only) back.set("only", only);
    term.href = J.addressOf(J.root + "search.html", back);
    term.textContent = query;
    term.title = "回到检索结果";
    counter = document.createElement("span");
    counter.className = "jg-marks__count";
    counter.setAttribute("role", "status");
    counter.dataset.matchStatus = "";
    counter.textContent = text;
    bar.append(term, counter);
    if (pieces.length) {
      bar.append(
        button("上一处", "上一处（按 p 键）", function () { go(current - 1); }),
        button("下一处", "下一处（按 n 键）", function () { go(current + 1); })
      );
    }
    bar.append(button("收起标记", "收起标记（按 Esc 键）", putAway));
    document.body.append(bar);
    document.addEventListener("keydown", onKey);
  }

  // The first match, or the first one of the paragraph that the address names.
  function firstInView() {
    var anchor = asked.get("at") || location.hash.slice(1);
    try { anchor = decodeURIComponent(anchor); } catch (error) { /* no address of ours */ }
    var wanted = anchor ? document.getElementById(anchor) : null;
    if (!wanted) return 0;
    var place = pieces.findIndex(function (own) { return wanted.contains(own[0]); });
    return Math.max(place, 0);
  }

  // At once, and again when the page is whole: until then browsers may still move to the paragraph of the address.
  function arrive(first) {
    go(first);
    if (document.readyState === "complete") return;
    window.addEventListener("load", function () { if (current === first) go(first); }, { once: true });
  }

  J.run.marks = function () {
    J.prepareWords().then(markPage).catch(function (error) { if (!bar) showBar(error.message); });
  };

  function markPage() {
    var clauses;
    try {
      clauses = J.clausesOf(query, only);
    } catch (error) {
      showBar(error.message);
      return;
    }
    var stream = readPage(), found = J.matches(stream, clauses);
    markAll(stream, found);
    showBar(pieces.length ? "" : "本篇没有这些词");
    if (pieces.length) arrive(firstInView());
  }
})(globalThis.jianggao = globalThis.jianggao || {});
