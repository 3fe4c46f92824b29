// The trend 词频趋势: places of up to five terms per year, and the characters of that year to measure them by.
// The twin of jianggao/search/trend.py.
(function (J) {
  "use strict";
  var MOST = 5;

  function positive(clause) { return !clause.exclude && !clause.meta; }

  // Every speech that the other clauses and the filters leave: what the terms are measured by.
  function ground(archive, others, options) {
    var every = Array.from({ length: archive.size }, function (_, n) { return { speech: n, score: 0, count: 0 }; });
    return (others.length ? J.rank(archive, others) : Promise.resolve(every)).then(function (found) {
      return J.withFacets(archive, found, options.filters || {});
    });
  }

  J.answers.trend = function (archive, query, options) {
    return J.answering({ years: [], series: [], undated: { speeches: 0, chars: 0 }, facets: {} }, function () {
      var clauses = J.clausesOf(query, options.only), terms = clauses.filter(positive);
      var others = clauses.filter(function (c) { return !positive(c); });
      if (!terms.length) J.refuse("没有可以画成趋势的词：请写上要看的词，几个词之间用空格隔开。");
      if (terms.length > MOST) J.refuse("一次最多看 " + MOST + " 个词的趋势，这里有 " + terms.length + " 个。请去掉几个。");
      var tallies = Promise.all(terms.map(function (term) { return J.termCounts(archive, term); }));
      return Promise.all([archive.column("year"), archive.chars("all"), ground(archive, others, options), tallies]).then(function (got) {
        var column = got[0], chars = got[1], left = got[2], width = column.values.length + 1;
        var speeches = new Array(width).fill(0), sums = new Array(width).fill(0);
        left.found.forEach(function (hit) {
          var year = column.numbers[hit.speech];
          speeches[year]++;
          sums[year] += chars[hit.speech];
        });
        var series = terms.map(function (term, k) {
          var counts = new Array(width).fill(0), mine = got[3][k].counts[term.scope || "text"];
          left.found.forEach(function (hit) { counts[column.numbers[hit.speech]] += mine[hit.speech]; });
          var total = counts.reduce(function (a, b) { return a + b; }, 0);
          return { term: term.source, counts: counts.slice(1), undated: counts[0], total: total };
        });
        return {
          years: column.values.map(function (year, n) { return { year: year, speeches: speeches[n + 1], chars: sums[n + 1] }; }),
          series: series, undated: { speeches: speeches[0], chars: sums[0] }, facets: left.facets
        };
      });
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
