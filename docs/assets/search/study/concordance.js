// The concordance 逐条语境: every place of the terms in a line with its left and right context.
// The twin of jianggao/search/concordance.py.
(function (J) {
  "use strict";
  var WIDTH = 40, AT_ONCE = 12, SORTS = ["text", "left", "right"];
  // Lines that are held at a time, so that a common word does not fill the memory.
  var MOST = 50000;
  var last = { key: "", lines: null };

  // The lines of one speech. A context runs over the ends of paragraphs, which become blanks.
  J.linesOf = function (found, clauses) {
    var layout = J.layout(found.card.title, found.rows, found.odd);
    var words = function (from, to) { return J.stretch(layout, from, to).replace(/\n/g, " "); };
    return J.matches(layout, clauses).map(function (m) {
      var row = m.start < layout.titleEnd ? -1 : J.paragraphAt(layout, m.start);
      return {
        id: found.card.id, url: "speeches/" + found.card.id + ".html", title: found.card.title, date: found.card.date,
        speaker: found.card.speaker, anchor: row < 0 ? null : found.rows[row][0],
        left: words(m.start - WIDTH, m.start), match: words(m.start, m.end), right: words(m.end, m.end + WIDTH)
      };
    });
  };

  function reversed(text) { return Array.from(text).reverse().join(""); }

  function compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

  // By the characters next to the match, those on its other side deciding between equals; else as the speeches stand.
  J.sortLines = function (lines, sort) {
    if (sort === "text") return lines;
    return lines.map(function (line, n) {
      var right = line.right, left = reversed(line.left);
      return { line: line, n: n, one: sort === "right" ? right : left, two: sort === "right" ? left : right };
    }).sort(function (a, b) { return compare(a.one, b.one) || compare(a.two, b.two) || a.n - b.n; })
      .map(function (keyed) { return keyed.line; });
  };

  // All lines of the speeches, a few files at a time; tells how far it is, and stops when it is told to.
  function collect(archive, order, clauses, options) {
    var lines = [], at = 0;
    function next() {
      if (options.stopped && options.stopped()) J.refuse("已停止。");
      if (options.progress) options.progress(at, order.length);
      if (at >= order.length) return Promise.resolve(lines);
      var now = order.slice(at, at + AT_ONCE);
      at += now.length;
      return Promise.all(now.map(function (hit) { return archive.textOnce(hit.speech); })).then(function (found) {
        found.forEach(function (one) { J.linesOf(one, clauses).forEach(function (line) { lines.push(line); }); });
        return next();
      });
    }
    return next();
  }

  // The speeches whose lines are [offset, offset + limit) of all, and how many lines of the first are not wanted.
  function slice(order, offset, limit) {
    var from = 0, before = 0;
    while (from < order.length && before + order[from].count <= offset) before += order[from++].count;
    var to = from, held = before;
    while (to < order.length && held < offset + limit) held += order[to++].count;
    return { hits: order.slice(from, to), skip: offset - before };
  }

  J.answers.concordance = function (archive, query, options) {
    var offset = Math.max(options.offset || 0, 0), lines = options.lines || "text";
    var limit = options.limit === undefined ? 50 : Math.max(options.limit, 0);
    return J.answering({ total: 0, speeches: 0, lines: [], facets: {} }, function () {
      if (SORTS.indexOf(lines) < 0) J.refuse("没有“" + lines + "”这种排列。可用：text（按讲稿）、left（按左边）、right（按右边）。");
      var clauses = J.clausesOf(query, options.only);
      return J.matching(archive, clauses, options).then(function (left) {
        var order = left.order.filter(function (hit) { return hit.count > 0; });
        var total = order.reduce(function (sum, hit) { return sum + hit.count; }, 0);
        var answer = function (shown) { return { total: total, speeches: order.length, lines: shown, facets: left.facets }; };
        if (lines === "text" && limit < total) {
          var part = slice(order, offset, limit);
          return collect(archive, part.hits, clauses, {}).then(function (found) {
            return answer(found.slice(part.skip, part.skip + limit));
          });
        }
        if (total > MOST) {
          J.refuse("共 " + total + " 处，太多了：按左右的字排列和存表最多 " + MOST + " 处。请再加一个词，或者先筛选。");
        }
        var key = JSON.stringify([query, options.only, options.filters, options.sort]);
        if (last.key !== key) last = { key: "", lines: null };
        var all = last.key === key ? Promise.resolve(last.lines) : collect(archive, order, clauses, options);
        return all.then(function (found) {
          last = { key: key, lines: found };
          return answer(J.sortLines(found, lines).slice(offset, offset + limit));
        });
      });
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
