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
    var given = J.asked(), state = { q: P.clean(given.get("q") || ""), filters: {} };
    P.FACETS.forEach(function (facet) {
      var values = Array.from(new Set(given.getAll(facet[0]))).filter(Boolean);
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
    return J.addressOf(location.pathname, out);
  };

  P.remember = function (state, push) {
    var here = location.pathname + location.search + (/^#q=/.test(location.hash) ? location.hash : "");
    if (P.address(state) === here) return;
    try {
      history[push ? "pushState" : "replaceState"](null, "", P.address(state));
    } catch (error) { /* some browsers refuse this for a page opened by double click; the search itself works on */ }
  };

  // The state with a change in it; what stands in the box is part of it.
  P.changed = function (change) { return Object.assign({}, P.state, { page: 1, q: P.typed() }, change); };

  // The same without one filter value, or with it.
  P.toggled = function (filters, name, value) {
    var next = Object.assign({}, filters), values = next[name] || [];
    next[name] = values.indexOf(value) >= 0 ? values.filter(function (v) { return v !== value; }) : values.concat(value);
    if (!next[name].length) delete next[name];
    return next;
  };

  P.linkTo = function (hit, anchor) {
    var out = new URLSearchParams({ q: P.state.q });
    if (P.state.only) out.set("only", P.state.only);
    return J.addressOf(J.root + hit.url, out, anchor);
  };

  // A link that changes the page in place. What is a function is asked again when the link is followed.
  P.link = function (change, text, className) {
    var now = function () { return P.changed(typeof change === "function" ? change() : change); };
    var link = P.element("a", className || "", text);
    link.href = P.address(now());
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      P.refocus = true;
      P.run(now(), true);
    });
    return link;
  };
})(globalThis.jianggao = globalThis.jianggao || {});
