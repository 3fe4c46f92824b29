// The trend 词频趋势: a chart of the terms by year, the table behind it, and both to take away.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  var NARROWEST = 300;

  P.rate = function (count, chars) { return chars ? Math.round(count / chars * 1e6) / 100 : null; };

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
      var picture = P.chart(result, Math.max(NARROWEST, P.at.out.clientWidth));
      P.at.out.append(picture);
      P.at.save.append(P.button("", "存图（SVG）", function () { P.saveChart(picture, query); }));
    }
    P.at.out.append(scroll);
    P.at.save.append(P.button("", "存表（CSV）", function () { J.save(P.fileName("词频趋势", query, ".csv"), "text/csv", P.csv(rows)); }));
  };
})(globalThis.jianggao = globalThis.jianggao || {});
