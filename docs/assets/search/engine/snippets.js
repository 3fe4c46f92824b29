// Snippets: the twin of jianggao/search/snippets.py. Offsets are code points.
(function (J) {
  "use strict";
  var BEFORE = 20, AFTER = 40, LEAST = 80, MOST = 3;
  var ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "\n": " " };

  J.escape = function (text) { return text.replace(/[&<>"'\n]/g, function (c) { return ESCAPES[c]; }); };

  // Code points of a string, and a stretch of it told in code points; most texts have no pairs of surrogates.
  function sizeOf(text) { return /[\ud800-\udbff]/.test(text) ? Array.from(text).length : text.length; }

  function stretch(text, size, from, to) {
    return size === text.length ? text.slice(from, to) : Array.from(text).slice(from, to).join("");
  }

  // Where title, paragraphs and headings stand in the stream of a speech. ``odd`` are the characters of the speech that
  // fold to other Han characters: with them known, most paragraphs need not be folded to see that a term is not there.
  J.layout = function (title, rows, odd) {
    var at = sizeOf(title), out = { texts: [title], starts: [], ends: [], headings: [], titleEnd: at, odd: odd };
    rows.forEach(function (row) {
      var start = at + 1, marks = row[2] || [];
      out.texts.push(row[1]);
      out.starts.push(start);
      for (var i = 0; i < marks.length; i += 2) out.headings.push([start + marks[i], start + marks[i + 1]]);
      out.ends.push(at = start + sizeOf(row[1]));
    });
    out.size = at;
    return out;
  };

  function startOf(layout, k) { return k ? layout.starts[k - 1] : 0; }

  function endOf(layout, k) { return k ? layout.ends[k - 1] : layout.titleEnd; }

  // A stretch of the stream, paragraphs parted by line breaks.
  J.stretch = function (layout, from, to) {
    from = Math.max(from, 0);
    to = Math.min(to, layout.size);
    var first = from < layout.titleEnd + 1 ? 0 : J.paragraphAt(layout, from) + 1, out = [];
    for (var k = first; k < layout.texts.length && startOf(layout, k) <= to; k++) {
      var start = startOf(layout, k), size = endOf(layout, k) - start;
      out.push(stretch(layout.texts[k], size, Math.max(from - start, 0), Math.max(Math.min(to - start, size), 0)));
    }
    return out.join("\n");
  };

  function isHan(unit) { return unit !== "|" && J.isHan(unit); }

  // The Han units of a term that a paragraph must hold as they are; none when other characters may stand for them.
  function needed(layout, units) {
    if (layout.odd === undefined) return [];
    var other = new Set(J.units(Array.from(layout.odd).join(" ")));
    return units.some(function (unit) { return other.has(unit); }) ? [] : units.filter(isHan);
  }

  // Places of a term as [start, end) in the stream. One that holds no break stands within a paragraph.
  function placesOf(layout, units) {
    var found = [], collect = function (piece, base) {
      J.places(units, piece.texts).forEach(function (i) {
        found.push([base + piece.starts[i], base + piece.ends[i + units.length - 1]]);
      });
    };
    if (!layout.texts || units.indexOf("|") >= 0) {
      layout.whole = layout.whole || J.cut(layout.chars || J.stretch(layout, 0, layout.size));
      collect(layout.whole, 0);
      return found;
    }
    var wanted = needed(layout, units);
    layout.texts.forEach(function (text, k) {
      if (wanted.every(function (unit) { return text.indexOf(unit) >= 0; })) collect(J.cut(text), startOf(layout, k));
    });
    return found;
  }

  // All places of the terms that look in the stream and are not excluded, by place, then by clause.
  J.matches = function (layout, clauses) {
    var found = [];
    clauses.forEach(function (clause, term) {
      if (clause.exclude || clause.meta) return;
      placesOf(layout, clause.units).forEach(function (place) {
        var start = place[0], end = place[1];
        var inside = clause.scope === "" || (clause.scope === "title" && end <= layout.titleEnd) ||
          (clause.scope === "heading" && layout.headings.some(function (h) { return h[0] <= start && end <= h[1]; }));
        if (inside) found.push({ start: start, end: end, term: term });
      });
    });
    return found.sort(function (a, b) { return a.start - b.start || a.term - b.term; });
  };

  // A stretch of the stream as HTML, what the matches cover within <mark>.
  J.marked = function (layout, start, end, found) {
    var html = function (from, to) { return from < to ? J.escape(J.stretch(layout, from, to)) : ""; };
    var spans = [], out = "", done = start;
    found.forEach(function (m) {
      var low = Math.max(m.start, start), high = Math.min(m.end, end), last = spans[spans.length - 1];
      if (low >= high) return;
      if (last && low <= last[1]) last[1] = Math.max(last[1], high);
      else spans.push([low, high]);
    });
    spans.forEach(function (span) {
      out += html(done, span[0]) + "<mark>" + html(span[0], span[1]) + "</mark>";
      done = span[1];
    });
    return out + html(done, end);
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

  J.snippets = function (layout, rows, clauses) {
    var found = J.matches(layout, clauses);
    var inside = rows.length ? found.filter(function (m) { return m.start > layout.titleEnd; }) : [];
    if (!inside.length) {
      if (found.length || !rows.length) {
        var last = found.reduce(function (end, m) { return Math.max(end, m.end); }, layout.titleEnd);
        return [{ html: J.marked(layout, 0, last, found), anchor: null }];
      }
      var stop = Math.min(layout.starts[0] + LEAST, layout.ends[0]);
      return [{ html: J.marked(layout, layout.starts[0], stop, []), anchor: rows[0][0] }];
    }
    return windowsOf(layout, inside).map(function (w) {
      return {
        html: (w.low > w.floor ? "…" : "") + J.marked(layout, w.low, w.high, found) + (w.high < w.ceiling ? "…" : ""),
        anchor: rows[J.paragraphAt(layout, w.low)][0]
      };
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
