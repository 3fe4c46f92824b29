// Snippets: the twin of jianggao/search/snippets.py. Offsets are code points, texts are arrays of them.
(function (J) {
  "use strict";
  var BEFORE = 20, AFTER = 40, LEAST = 80, MOST = 3;
  var ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "\n": " " };

  J.escape = function (text) { return text.replace(/[&<>"'\n]/g, function (c) { return ESCAPES[c]; }); };

  function html(chars, start, end) { return J.escape(chars.slice(start, end).join("")); }

  // Where title, paragraphs and headings stand in the stream of a speech.
  J.layout = function (title, rows) {
    var chars = Array.from(title), out = { titleEnd: chars.length, starts: [], ends: [], headings: [] };
    rows.forEach(function (row) {
      chars.push("\n");
      out.starts.push(chars.length);
      var marks = row[2] || [];
      for (var i = 0; i < marks.length; i += 2) {
        out.headings.push([chars.length + marks[i], chars.length + marks[i + 1]]);
      }
      for (var char of row[1]) chars.push(char);
      out.ends.push(chars.length);
    });
    out.chars = chars;
    return out;
  };

  // All places of the terms that look in the stream and are not excluded, by place, then by clause.
  J.matches = function (layout, clauses) {
    var piece = J.cut(layout.chars);
    var found = [];
    clauses.forEach(function (clause, term) {
      if (clause.exclude || clause.meta) return;
      J.places(clause.units, piece.texts).forEach(function (i) {
        var start = piece.starts[i], end = piece.ends[i + clause.units.length - 1];
        var inside = clause.scope === "" || (clause.scope === "title" && end <= layout.titleEnd) ||
          (clause.scope === "heading" && layout.headings.some(function (h) { return h[0] <= start && end <= h[1]; }));
        if (inside) found.push({ start: start, end: end, term: term });
      });
    });
    return found.sort(function (a, b) { return a.start - b.start || a.term - b.term; });
  };

  J.marked = function (chars, start, end, found) {
    var spans = [], out = "", done = start;
    found.forEach(function (m) {
      var low = Math.max(m.start, start), high = Math.min(m.end, end), last = spans[spans.length - 1];
      if (low >= high) return;
      if (last && low <= last[1]) last[1] = Math.max(last[1], high);
      else spans.push([low, high]);
    });
    spans.forEach(function (span) {
      out += html(chars, done, span[0]) + "<mark>" + html(chars, span[0], span[1]) + "</mark>";
      done = span[1];
    });
    return out + html(chars, done, end);
  };

  J.paragraphAt = function (layout, at) {
    var row = 0;
    while (row + 1 < layout.starts.length && layout.starts[row + 1] <= at) row++;
    return row;
  };

  function windowsOf(layout, inside) {
    var seen = new Set(), windows = [];
    var firsts = inside.filter(function (m) { return !seen.has(m.term) && seen.add(m.term); });
    firsts.concat(inside).forEach(function (m) {
      if (windows.length === MOST) return;
      if (windows.some(function (w) { return w.low <= m.start && m.end <= w.high; })) return;
      var floor = layout.starts[J.paragraphAt(layout, m.start)], ceiling = layout.ends[J.paragraphAt(layout, m.end - 1)];
      var low = Math.max(floor, m.start - BEFORE);
      var high = Math.min(ceiling, Math.max(m.end + AFTER, low + LEAST));
      // No other match is cut in two by the window's edges.
      inside.forEach(function (other) {
        if (other.start < low && low < other.end) low = Math.max(floor, other.start);
        if (other.start < high && high < other.end) high = Math.min(ceiling, other.end);
      });
      windows.push({ low: low, high: high, floor: floor, ceiling: ceiling });
    });
    return windows.sort(function (a, b) { return a.low - b.low || a.high - b.high; });
  }

  J.snippets = function (title, rows, clauses) {
    var layout = J.layout(title, rows), chars = layout.chars, found = J.matches(layout, clauses);
    var inside = rows.length ? found.filter(function (m) { return m.start > layout.titleEnd; }) : [];
    if (!inside.length) {
      if (found.length || !rows.length) {
        var last = found.reduce(function (end, m) { return Math.max(end, m.end); }, layout.titleEnd);
        return [{ html: J.marked(chars, 0, last, found), anchor: null }];
      }
      var stop = Math.min(layout.starts[0] + LEAST, layout.ends[0]);
      return [{ html: J.marked(chars, layout.starts[0], stop, []), anchor: rows[0][0] }];
    }
    return windowsOf(layout, inside).map(function (w) {
      return {
        html: (w.low > w.floor ? "…" : "") + J.marked(chars, w.low, w.high, found) + (w.high < w.ceiling ? "…" : ""),
        anchor: rows[J.paragraphAt(layout, w.low)][0]
      };
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
