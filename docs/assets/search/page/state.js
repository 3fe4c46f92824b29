// What the page shows, as the address says it: a list of results can be kept and sent.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  // The archive's facets. Whatever else stands in an address (utm_source=…) was put there by others.
  P.FACETS = [
    ["year", "年份"], ["speaker", "讲话人"], ["level", "层级"], ["kind", "场合"], ["place", "地点"],
    ["source", "来源"], ["completeness", "完整性"]
  ];
  var CHOICES = {
    view: ["hits", "lines", "trend"], sort: ["relevance", "newest", "oldest"], lines: ["text", "left", "right"],
    measure: ["count", "rate"], only: ["", "heading"]
  };

  P.fromAddress = function () {
    var given = new URLSearchParams(location.search), state = { q: given.get("q") || "", filters: {} };
    P.FACETS.forEach(function (facet) {
      var values = given.getAll(facet[0]);
      if (values.length) state.filters[facet[0]] = values;
    });
    Object.keys(CHOICES).forEach(function (name) {
      var value = given.get(name);
      state[name] = CHOICES[name].indexOf(value) >= 0 ? value : CHOICES[name][0];
    });
    var number = parseInt(given.get("page"), 10);
    state.page = number > 0 ? number : 1;
    return state;
  };

  P.address = function (state) {
    var out = new URLSearchParams();
    if (state.q) out.set("q", state.q);
    Object.keys(CHOICES).forEach(function (name) {
      if (state[name] !== CHOICES[name][0]) out.set(name, state[name]);
    });
    Object.keys(state.filters).forEach(function (name) {
      state.filters[name].forEach(function (value) { out.append(name, value); });
    });
    if (state.page > 1) out.set("page", String(state.page));
    var text = out.toString();
    return location.pathname + (text ? "?" + text : "");
  };

  P.remember = function (state, push) {
    try {
      history[push ? "pushState" : "replaceState"](null, "", P.address(state));
    } catch (error) { /* some browsers refuse this for a page opened by double click; the search itself works on */ }
  };

  P.changed = function (change) { return Object.assign({}, P.state, { page: 1 }, change); };

  // The same without one filter value, or with it.
  P.toggled = function (filters, name, value) {
    var next = Object.assign({}, filters), values = next[name] || [];
    next[name] = values.indexOf(value) >= 0 ? values.filter(function (v) { return v !== value; }) : values.concat(value);
    if (!next[name].length) delete next[name];
    return next;
  };

  P.linkTo = function (hit, anchor) {
    return J.root + hit.url + "?q=" + encodeURIComponent(P.state.q) + (P.state.only ? "&only=" + P.state.only : "") +
      (anchor ? "#" + anchor : "");
  };

  // A link that changes the page in place.
  P.link = function (change, text, className) {
    var link = P.element("a", className || "", text), state = P.changed(change);
    link.href = P.address(state);
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      P.run(state, true);
    });
    return link;
  };
})(globalThis.jianggao = globalThis.jianggao || {});
