// The concordance 逐条语境: one line for each place, the term in the middle, and the lines as CSV.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  P.LINE_HEADS = ["讲话日期", "讲话人", "标题", "上文", "词", "下文", "段落", "网页"];

  P.lineRows = function (lines) {
    return [P.LINE_HEADS].concat(lines.map(function (one) {
      return [one.date, one.speaker, one.title, one.left, one.match, one.right, one.anchor, one.url];
    }));
  };

  function showLine(one) {
    var item = P.element("li", "jg-line"), link = P.element("a", "jg-line__words");
    item.dataset.searchLine = "";
    item.dataset.id = one.id;
    link.href = P.linkTo(one, one.anchor);
    // The innermost element keeps the end of the left context in sight where it is cut off.
    var left = P.element("span", "jg-line__left");
    left.append(P.element("bdi", "", one.left));
    link.append(left, P.element("mark", "", one.match), P.element("span", "jg-line__right", one.right));
    var facts = [one.date || "日期不详", one.speaker || "讲话人未署名", one.title || "无题"];
    item.append(link, P.element("p", "jg-line__facts", facts.join(" · ")));
    return item;
  }

  function saveLines(button) {
    var state = P.state;
    button.disabled = true;
    P.stopping = false;
    J.concordance(state.q, P.lineOptions(state, { limit: Infinity })).then(function (result) {
      if (P.state !== state) return;
      if (result.message) P.say([result.message]);
      else P.saveRows("逐条语境", P.lineRows(result.lines));
    }).catch(function (error) {
      if (P.state === state) P.say([P.wordsOf(error)]);
    }).then(function () {
      button.disabled = false;
      if (P.state === state) P.at.stop.hidden = true;
    });
  }

  P.showLines = function (result) {
    result.lines.forEach(function (one) { P.at.list.append(showLine(one)); });
    P.showPages(result.total, P.PER_PAGE.lines);
    var words = "共 " + P.number(result.total) + " 处，在 " + P.number(result.speeches) + " 篇里";
    P.tell("ready", P.found(words, result, P.PER_PAGE.lines), result.total);
    P.say([]);
    var save = P.button("", "存表（CSV）", function () { saveLines(save); });
    P.at.save.append(save);
  };
})(globalThis.jianggao = globalThis.jianggao || {});
