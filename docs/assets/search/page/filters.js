// The filters with their counts, and the chosen ones as chips above the results.
(function (J) {
  "use strict";
  var P = J.page = J.page || {};
  var FEW = 8, MANY = 40, NAMES = { complete: "完整", partial: "有缺失" };
  // How many values of each facet are shown, and what is typed to find one; kept while the reader types a query.
  var open = {}, wanted = {};

  P.valueName = function (facet, value) { return facet === "completeness" && Object.prototype.hasOwnProperty.call(NAMES, value) ? NAMES[value] : value; };

  function compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

  // Years downwards, all else by size.
  function valuesOf(name, counts, chosen) {
    var values = Object.keys(counts).concat(chosen.filter(function (v) { return !(v in counts); }));
    return values.sort(function (a, b) {
      return name === "year" ? compare(b, a) : (counts[b] || 0) - (counts[a] || 0) || compare(a, b);
    });
  }

  function choice(name, value, count, chosen) {
    var item = P.element("li"), label = P.element("label"), box = P.element("input");
    box.type = "checkbox";
    box.name = name;
    box.value = value;
    box.checked = chosen;
    box.addEventListener("change", function () {
      P.run(P.changed({ filters: P.toggled(P.state.filters, name, value) }), true);
    });
    label.append(box, P.element("span", "jg-facet__name", P.valueName(name, value)), P.element("span", "jg-facet__count", P.number(count)));
    item.append(label);
    return item;
  }

  function fill(list, more, facet) {
    var name = facet.name, chosen = P.state.filters[name] || [], typed = J.units(wanted[name] || "").join("");
    var values = valuesOf(name, facet.counts, chosen).filter(function (value) {
      return !typed || J.units(P.valueName(name, value)).join("").indexOf(typed) >= 0;
    });
    // What is chosen is always in sight.
    var shown = values.filter(function (value, n) { return n < (open[name] || FEW) || chosen.indexOf(value) >= 0; });
    list.textContent = "";
    shown.forEach(function (value) { list.append(choice(name, value, facet.counts[value] || 0, chosen.indexOf(value) >= 0)); });
    more.hidden = values.length <= shown.length;
    more.textContent = "再列出一些（还有 " + P.number(values.length - shown.length) + " 个）";
    return values.length;
  }

  function showFacet(facet) {
    var box = P.element("fieldset", "jg-facet"), list = P.element("ul"), more;
    box.dataset.facet = facet.name;
    box.append(P.element("legend", "", facet.label));
    more = P.button("jg-facet__more", "", function () {
      open[facet.name] = (open[facet.name] || FEW) + MANY;
      fill(list, more, facet);
      if (more.hidden) list.querySelector("li:last-child input").focus();
    });
    if (Object.keys(facet.counts).length > MANY) {
      var find = P.element("input", "jg-facet__find");
      find.type = "search";
      find.placeholder = "找" + facet.label;
      find.setAttribute("aria-label", "在" + facet.label + "里找");
      find.value = wanted[facet.name] || "";
      find.addEventListener("input", function () {
        wanted[facet.name] = find.value;
        fill(list, more, facet);
      });
      box.append(find);
    } else delete wanted[facet.name];
    fill(list, more, facet);
    box.append(list, more);
    return box;
  }

  P.showFilters = function (facets) {
    var state = P.state, panel = P.at.filters, held = document.activeElement, chosen = 0;
    // A box keeps the focus when the panel is made anew.
    var kept = panel.contains(held) && held.name ? [held.name, held.value] : null;
    panel.textContent = "";
    P.FACETS.forEach(function (facet) {
      var counts = facets[facet[0]] || {};
      chosen += (state.filters[facet[0]] || []).length;
      if (Object.keys(counts).length || state.filters[facet[0]]) panel.append(showFacet({ name: facet[0], label: facet[1], counts: counts }));
    });
    var summary = panel.parentElement.querySelector("summary");
    summary.textContent = chosen ? "筛选（已选 " + chosen + " 项）" : "筛选";
    panel.parentElement.hidden = !panel.childElementCount;
    if (kept) {
      var again = Array.from(panel.querySelectorAll("input[type=checkbox]")).find(function (box) { return box.name === kept[0] && box.value === kept[1]; });
      if (again) again.focus();
    }
    P.showChips();
  };

  P.showChips = function () {
    var state = P.state, chips = P.at.chips, any = false;
    chips.textContent = "";
    P.FACETS.forEach(function (facet) {
      (state.filters[facet[0]] || []).forEach(function (value) {
        any = true;
        var without = function () { return { filters: P.toggled(P.state.filters, facet[0], value) }; };
        var chip = P.link(without, facet[1] + "：" + P.valueName(facet[0], value) + " ×", "jg-chip");
        chip.setAttribute("aria-label", "去掉筛选条件：" + facet[1] + " " + P.valueName(facet[0], value));
        chips.append(chip);
      });
    });
    if (any) chips.append(P.link({ filters: {} }, "全部去掉", "jg-chip jg-chip--all"));
    chips.hidden = !any;
  };
})(globalThis.jianggao = globalThis.jianggao || {});
