// The trend 词频趋势: a chart of the terms by year, the table behind it, and both to take away.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  var SPACE = "http://www.w3.org/2000/svg";
  var LEFT = 58, RIGHT = 18, BOTTOM = 34, ROW = 24, LETTER = 14, NARROWEST = 300, HIGHEST = 380;
  // For the saved picture, which has no page around it.
  var STYLE = "text{font:13px 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#26231f}" +
    ".jg-axis{stroke:#d5cec1;fill:none}.jg-series{fill:none;stroke-width:2}" +
    ["#8f2a1d", "#1d5f8a", "#47700f", "#8a5a00", "#6a3d9a"].map(function (colour, n) {
      return ".jg-s" + n + "{stroke:" + colour + "}.jg-p" + n + "{fill:" + colour + ";stroke:" + colour + "}";
    }).join("");
  var SHAPES = ["M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", "M-4-4h8v8h-8z", "M0-5l5 9h-10z", "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z", "M-5-1.5h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z"];

  function drawn(name, attributes, text) {
    var made = document.createElementNS(SPACE, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, String(attributes[key])); });
    if (text !== undefined) made.textContent = text;
    return made;
  }

  P.rate = function (count, chars) { return chars ? Math.round(count / chars * 1e6) / 100 : null; };

  // The value of a series in a year; none in a year without speeches.
  function valueOf(result, series, n) {
    var year = result.years[n];
    return !year.speeches ? null : P.state.measure === "rate" ? P.rate(series.counts[n], year.chars) : series.counts[n];
  }

  // A round step so that about five lines reach the top.
  P.step = function (most) {
    var raw = Math.max(most, 1e-9) / 5, ten = Math.pow(10, Math.floor(Math.log10(raw)));
    return ten * [1, 2, 5, 10].find(function (f) { return f * ten >= raw * 0.999; });
  };

  // The names of the series in as many rows as they need; gives where the chart itself begins.
  function legend(svg, series, wide) {
    var at = LEFT, row = 0;
    series.forEach(function (one, k) {
      var name = Array.from(one.term), words = name.length > 10 ? name.slice(0, 9).join("") + "…" : one.term;
      var size = 34 + LETTER * Math.min(name.length, 10);
      if (at > LEFT && at + size > wide - RIGHT) { at = LEFT; row++; }
      svg.append(drawn("path", { d: SHAPES[k], transform: "translate(" + (at + 6) + " " + (row * ROW + 16) + ")", class: "jg-p" + k }));
      svg.append(drawn("text", { x: at + 16, y: row * ROW + 21 }, words));
      at += size;
    });
    return (row + 1) * ROW + 34;
  }

  function chart(result, wide) {
    var high = Math.min(HIGHEST, Math.max(260, wide * 0.45));
    var years = result.years.map(function (y) { return Number(y.year); }), first = Math.min.apply(null, years), last = Math.max.apply(null, years);
    var values = result.series.map(function (one) { return years.map(function (_, n) { return valueOf(result, one, n); }); });
    var most = Math.max.apply(null, [].concat.apply([], values)), step = P.step(most || 1);
    // Labels have two digits, counts none.
    step = Math.max(P.state.measure === "count" ? 1 : 0.01, step);
    var top = Math.max(step, Math.ceil(most / step - 1e-9) * step);
    var x = function (year) { return last === first ? (LEFT + wide - RIGHT) / 2 : LEFT + (year - first) / (last - first) * (wide - LEFT - RIGHT); };
    var y = function (value) { return high - BOTTOM - value / top * (high - begin - BOTTOM); };
    var svg = drawn("svg", { viewBox: "0 0 " + wide + " " + high, class: "jg-chart", role: "img", "aria-label": "词频趋势图，数据见下表" });
    var begin = legend(svg, result.series, wide);
    for (var v = 0; v <= top + step / 2; v += step) {
      svg.append(drawn("path", { d: "M" + LEFT + " " + y(v) + "H" + (wide - RIGHT), class: "jg-axis" }));
      svg.append(drawn("text", { x: LEFT - 8, y: y(v) + 4, "text-anchor": "end" }, P.number(Math.round(v * 100) / 100)));
    }
    var every = Math.max(1, Math.ceil((last - first + 1) * 52 / (wide - LEFT)));
    for (var year = first; year <= last; year += every) {
      svg.append(drawn("text", { x: x(year), y: high - BOTTOM + 22, "text-anchor": "middle" }, String(year)));
    }
    result.series.forEach(function (one, k) {
      var line = "", before = null;
      years.forEach(function (year, n) {
        var value = values[k][n];
        if (value !== null) line += (before === year - 1 ? "L" : "M") + x(year).toFixed(1) + " " + y(value).toFixed(1);
        if (value !== null) before = year;
      });
      svg.append(drawn("path", { d: line, class: "jg-series jg-s" + k }));
      years.forEach(function (year, n) {
        if (values[k][n] === null) return;
        var point = drawn("path", { d: SHAPES[k], transform: "translate(" + x(year).toFixed(1) + " " + y(values[k][n]).toFixed(1) + ")", class: "jg-p" + k });
        point.append(drawn("title", {}, one.term + " " + year + " 年：" + P.number(one.counts[n]) + " 次"));
        svg.append(point);
      });
    });
    svg.append(drawn("text", { x: LEFT - 8, y: begin - 14, "text-anchor": "end" }, P.state.measure === "rate" ? "每万字" : "次数"));
    return svg;
  }

  // Heads and rows of the table; the last rows are those without a date and all together.
  P.trendRows = function (result) {
    var heads = ["年份", "讲稿（篇）", "字数"], chars = 0, speeches = 0;
    result.series.forEach(function (one) { heads.push(one.term + "（次）", one.term + "（每万字）"); });
    var row = function (name, one, counts) {
      chars += one.chars;
      speeches += one.speeches;
      var cells = [name, one.speeches, one.chars];
      counts.forEach(function (count) { cells.push(count, one.chars ? P.rate(count, one.chars).toFixed(2) : null); });
      return cells;
    };
    var rows = result.years.filter(function (one) { return one.speeches; }).map(function (one) {
      var n = result.years.indexOf(one);
      return row(one.year, one, result.series.map(function (s) { return s.counts[n]; }));
    });
    if (result.undated.speeches) rows.push(row("日期不详", result.undated, result.series.map(function (s) { return s.undated; })));
    var all = { speeches: speeches, chars: chars };
    rows.push(row("合计", all, result.series.map(function (s) { return s.total; })));
    return [heads].concat(rows);
  };

  // For each series the query of its own speeches: the one term and whatever else narrows the trend, as written.
  function ownQueries() {
    var query = P.state.q, written = function (clause) { return query.slice(clause.from, clause.to); };
    var clauses = J.clausesOf(query, P.state.only), isTerm = function (c) { return !c.exclude && !c.meta; };
    var others = clauses.filter(function (c) { return !isTerm(c); }).map(written);
    return clauses.filter(isTerm).map(function (c) { return [written(c)].concat(others).join(" "); });
  }

  // A count of a year leads to its speeches.
  function cellOf(row, k, queries) {
    var cell = row[k], place = P.element(k ? "td" : "th"), text = typeof cell === "number" ? P.number(cell) : cell;
    if (!k) place.scope = "row";
    if (k >= 3 && k % 2 && cell && /^\d+$/.test(row[0])) {
      place.append(P.link({ view: "hits", q: queries[(k - 3) / 2], filters: Object.assign({}, P.state.filters, { year: [row[0]] }) }, text));
    } else place.textContent = cell === null ? "—" : text;
    return place;
  }

  function table(rows) {
    var made = P.element("table", "jg-table"), head = P.element("thead"), body = P.element("tbody"), queries = ownQueries();
    var top = P.element("tr");
    rows[0].forEach(function (name) { top.append(P.element("th", "", name)); });
    head.append(top);
    rows.slice(1).forEach(function (row) {
      var line = P.element("tr");
      row.forEach(function (_, k) { line.append(cellOf(row, k, queries)); });
      body.append(line);
    });
    made.append(head, body);
    return made;
  }

  function saveChart(svg, query) {
    var copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", SPACE);
    var size = svg.viewBox.baseVal;
    copy.setAttribute("width", String(size.width));
    copy.setAttribute("height", String(size.height));
    copy.prepend(drawn("style", {}, STYLE), drawn("rect", { width: size.width, height: size.height, fill: "#fff" }));
    P.save(P.fileName("词频趋势", query, ".svg"), "image/svg+xml", new XMLSerializer().serializeToString(copy));
  }

  P.showTrend = function (result) {
    var total = result.series.reduce(function (sum, one) { return sum + one.total; }, 0);
    var query = P.state.q, dated = result.years.some(function (one) { return one.speeches; });
    var held = result.years.filter(function (_, n) { return result.series.some(function (one) { return one.counts[n]; }); }).length;
    var undated = result.series.reduce(function (sum, one) { return sum + one.undated; }, 0);
    P.tell("ready", "合计 " + P.number(total) + " 次，分布在 " + held + " 个年份" + (undated ? "，其中 " + P.number(undated) + " 次日期不详" : "") +
      "（" + Math.max(1, Math.round(result.ms)) + " 毫秒）", total);
    P.say([]);
    var rows = P.trendRows(result), scroll = P.element("div", "jg-scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "词频表");
    scroll.append(table(rows));
    if (dated) {
      var picture = chart({ years: result.years.filter(function (one) { return one.speeches; }), undated: result.undated,
        series: result.series.map(function (one) {
          return Object.assign({}, one, { counts: one.counts.filter(function (_, n) { return result.years[n].speeches; }) });
        }) }, Math.max(NARROWEST, P.at.out.clientWidth));
      P.at.out.append(picture);
      P.at.save.append(P.button("", "存图（SVG）", function () { saveChart(picture, query); }));
    }
    P.at.out.append(scroll);
    P.at.save.append(P.button("", "存表（CSV）", function () { P.save(P.fileName("词频趋势", query, ".csv"), "text/csv", P.csv(rows)); }));
  };
})(globalThis.jianggao = globalThis.jianggao || {});
