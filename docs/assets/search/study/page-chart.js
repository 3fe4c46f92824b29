// The chart of the trend, drawn as SVG, and the same as a picture that needs no page around it.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  var SPACE = "http://www.w3.org/2000/svg";
  var LEFT = 58, RIGHT = 18, BOTTOM = 34, ROW = 24, LETTER = 14, YEAR = 52, LOWEST = 260, HIGHEST = 380;
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

  // A round step so that about five lines reach the top.
  P.step = function (most) {
    var raw = Math.max(most, 1e-9) / 5, ten = Math.pow(10, Math.floor(Math.log10(raw)));
    return ten * [1, 2, 5, 10].find(function (f) { return f * ten >= raw * 0.999; });
  };

  // The value of a series in a year; none in a year without speeches.
  function valueOf(result, series, n) {
    var year = result.years[n];
    return !year.speeches ? null : P.state.measure === "rate" ? P.rate(series.counts[n], year.chars) : series.counts[n];
  }

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

  // Where years and values stand: the first and the last year with speeches, and values from nought to a round number.
  function scaleOf(result, values, box) {
    var years = result.years.filter(function (one) { return one.speeches; }).map(function (one) { return Number(one.year); });
    var first = Math.min.apply(null, years), last = Math.max.apply(null, years), most = Math.max.apply(null, [].concat.apply([], values));
    // Labels have two digits, counts none.
    var step = Math.max(P.state.measure === "count" ? 1 : 0.01, P.step(most || 1));
    var top = Math.max(step, Math.ceil(most / step - 1e-9) * step), wide = box.wide - LEFT - RIGHT;
    return {
      first: first, last: last, step: step, top: top,
      x: function (year) { return (LEFT + (last === first ? 0.5 : (year - first) / (last - first)) * wide).toFixed(1); },
      y: function (value) { return (box.high - BOTTOM - value / top * (box.high - box.begin - BOTTOM)).toFixed(1); }
    };
  }

  function axes(svg, scale, box) {
    for (var v = 0; v <= scale.top + scale.step / 2; v += scale.step) {
      svg.append(drawn("path", { d: "M" + LEFT + " " + scale.y(v) + "H" + (box.wide - RIGHT), class: "jg-axis" }));
      svg.append(drawn("text", { x: LEFT - 8, y: Number(scale.y(v)) + 4, "text-anchor": "end" }, P.number(Math.round(v * 100) / 100)));
    }
    var every = Math.max(1, Math.ceil((scale.last - scale.first + 1) * YEAR / (box.wide - LEFT)));
    for (var year = scale.first; year <= scale.last; year += every) {
      svg.append(drawn("text", { x: scale.x(year), y: box.high - BOTTOM + 22, "text-anchor": "middle" }, String(year)));
    }
    svg.append(drawn("text", { x: LEFT - 8, y: box.begin - 14, "text-anchor": "end" }, P.state.measure === "rate" ? "每万字" : "次数"));
  }

  // A line, broken at years without speeches, and a mark on each year that tells its count.
  function draw(svg, result, k, values, scale) {
    var line = "", before = null, points = [], size = result.years.length > 40 ? " scale(.5)" : "";
    result.years.forEach(function (one, n) {
      var year = Number(one.year), value = values[n];
      if (value === null) return;
      line += (before === year - 1 ? "L" : "M") + scale.x(year) + " " + scale.y(value);
      before = year;
      var point = drawn("path", { d: SHAPES[k], transform: "translate(" + scale.x(year) + " " + scale.y(value) + ")" + size, class: "jg-p" + k });
      point.append(drawn("title", {}, result.series[k].term + " " + year + " 年：" + P.number(result.series[k].counts[n]) + " 次"));
      points.push(point);
    });
    svg.append(drawn("path", { d: line, class: "jg-series jg-s" + k }));
    points.forEach(function (point) { svg.append(point); });
  }

  // The chart of a trend that has at least one year with speeches.
  P.chart = function (result, wide) {
    var box = { wide: wide, high: Math.min(HIGHEST, Math.max(LOWEST, Math.round(wide * 0.45))) };
    var svg = drawn("svg", { viewBox: "0 0 " + wide + " " + box.high, class: "jg-chart", role: "img", "aria-label": "词频趋势图，数据见下表" });
    var values = result.series.map(function (one) { return result.years.map(function (_, n) { return valueOf(result, one, n); }); });
    box.begin = legend(svg, result.series, wide);
    var scale = scaleOf(result, values, box);
    axes(svg, scale, box);
    result.series.forEach(function (_, k) { draw(svg, result, k, values[k], scale); });
    return svg;
  };

  P.saveChart = function (svg, query) {
    var copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", SPACE);
    var size = svg.viewBox.baseVal;
    copy.setAttribute("width", String(size.width));
    copy.setAttribute("height", String(size.height));
    copy.prepend(drawn("style", {}, STYLE), drawn("rect", { width: size.width, height: size.height, fill: "#fff" }));
    J.save(P.fileName("词频趋势", query, ".svg"), "image/svg+xml", new XMLSerializer().serializeToString(copy));
  };
})(globalThis.jianggao = globalThis.jianggao || {});
