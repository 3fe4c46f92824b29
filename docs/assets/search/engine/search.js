// The answer to a search: matches, filtered, counted by facet, sorted, shown. The twin of jianggao/search/engine.py.
(function (J) {
  "use strict";

  // What the filters leave, and each facet's counts among what all the other filters leave.
  J.withFacets = function (archive, found, filters) {
    var names = Object.keys(archive.core.facets);
    Object.keys(filters).forEach(function (name) {
      if (names.indexOf(name) < 0) J.refuse("没有“" + name + "”这个筛选项。可用的筛选项：" + names.join("、") + "。");
    });
    return Promise.all(names.map(archive.column)).then(function (columns) {
      var facets = {}, wanted = names.map(function (name) {
        return filters[name] && filters[name].length ? new Set(filters[name].map(String)) : null;
      });
      var passes = function (hit, but) {
        return wanted.every(function (set, k) {
          var n = columns[k].numbers[hit.speech];
          return !set || k === but || (n > 0 && set.has(columns[k].values[n - 1]));
        });
      };
      names.forEach(function (name, k) {
        facets[name] = {};
        var tally = new Int32Array(columns[k].values.length + 1);
        found.forEach(function (hit) { if (passes(hit, k)) tally[columns[k].numbers[hit.speech]]++; });
        columns[k].values.forEach(function (value, i) { if (tally[i + 1]) facets[name][value] = tally[i + 1]; });
      });
      return { found: found.filter(function (hit) { return passes(hit, -1); }), facets: facets };
    });
  };

  function sorted(archive, found, sort) {
    var dated = archive.core.dated;
    var orders = {
      relevance: function (a, b) { return b.score - a.score || a.speech - b.speech; },
      newest: function (a, b) { return a.speech - b.speech; },
      oldest: function (a, b) {
        var one = a.speech < dated, two = b.speech < dated;
        return one && two ? b.speech - a.speech : one !== two ? (one ? -1 : 1) : a.speech - b.speech;
      }
    };
    if (!Object.prototype.hasOwnProperty.call(orders, sort)) {
      J.refuse("没有“" + sort + "”这种排序。可用：relevance（相关）、newest（从新到旧）、oldest（从旧到新）。");
    }
    return found.slice().sort(orders[sort]);
  }

  // A hit as it is shown; without snippets its text is not loaded.
  function showHit(archive, hit, clauses, withSnippets) {
    var text = withSnippets ? archive.text(hit.speech) : archive.card(hit.speech).then(function (card) { return { card: card }; });
    return text.then(function (found) {
      var card = found.card, layout = J.layout(card.title, found.rows || [], found.odd);
      return {
        id: card.id, url: "speeches/" + card.id + ".html", title: card.title,
        titleHtml: J.marked(layout, 0, layout.titleEnd, J.matches(J.layout(card.title, []), clauses)),
        date: card.date, speaker: card.speaker, count: hit.count, score: hit.score,
        snippets: found.rows ? J.snippets(layout, found.rows, clauses) : []
      };
    });
  }

  // The speeches that match and pass the filters, in order: the beginning of every answer.
  J.matching = function (archive, clauses, options) {
    var ranked = J.rank(archive, clauses);
    // Unpacked while the shards are on their way.
    Object.keys(archive.core.facets).forEach(archive.column);
    return ranked.then(function (found) {
      return J.withFacets(archive, found, options.filters || {});
    }).then(function (left) {
      return { order: sorted(archive, left.found, options.sort || "relevance"), facets: left.facets };
    });
  };

  // A query that cannot be run is answered with nothing and a message, anything else that fails is a failure.
  J.answering = function (nothing, work) {
    return Promise.resolve().then(work).catch(function (error) {
      if (error.name !== "QueryError") throw error;
      return Object.assign(nothing, { message: error.message });
    });
  };

  J.answers.search = function (archive, query, options) {
    var offset = Math.max(options.offset || 0, 0);
    var limit = options.limit === undefined ? 10 : Math.max(options.limit, 0);
    return J.answering({ total: 0, occurrences: 0, hits: [], facets: {} }, function () {
      var clauses = J.clausesOf(query, options.only);
      return J.matching(archive, clauses, options).then(function (left) {
        return Promise.all(left.order.slice(offset, offset + limit).map(function (hit) {
          return showHit(archive, hit, clauses, options.snippets !== false);
        })).then(function (hits) {
          var places = left.order.reduce(function (sum, hit) { return sum + hit.count; }, 0);
          var result = { total: left.order.length, occurrences: places, hits: hits, facets: left.facets };
          if (result.total && clauses.every(function (c) { return c.exclude; })) {
            result.message = "只写了要排除的词：下面是不含这些词的全部讲稿。";
          }
          return result;
        });
      });
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
