// Search: exact postings become a partial lunr index, lunr decides and ranks. The twin of jianggao/search/engine.py.
(function (J) {
  "use strict";
  var STREAM = ["title", "heading", "text"], META = ["speaker", "occasion", "place"];
  var BOOSTS = { title: 4, heading: 2, text: 1, speaker: 1, occasion: 1, place: 1 };
  var B = 0.75, K1 = 1.2, FIRST_ONLY = 3, AT_ONCE = 16;

  function refuse(message) {
    var error = new Error(message);
    error.name = "QueryError";
    throw error;
  }

  function moved(list, offset) {
    return {
      places: list.places.map(function (place) { return place - offset; }),
      states: list.states.map(function (s) { return s === FIRST_ONLY ? 0 : s; })
    };
  }

  // Places of both, moved to the term's start; a colour stays only where both have it.
  function meet(found, next, offset) {
    var places = [], colours = [], i = 0, j = 0;
    while (i < found.places.length && j < next.places.length) {
      var a = found.places[i], b = next.places[j] - offset;
      if (a < b) i++;
      else if (a > b) j++;
      else {
        places.push(a);
        colours.push(found.states[i] === next.states[j] && next.states[j] !== FIRST_ONLY ? found.states[i] : 0);
        i++;
        j++;
      }
    }
    return { places: places, states: colours };
  }

  function meetAll(archive, term, offsets, found) {
    var now = offsets.slice(0, AT_ONCE), rest = offsets.slice(AT_ONCE);
    return Promise.all(now.map(function (at) { return archive.postings(term[at], term[at + 1]); })).then(function (lists) {
      lists.forEach(function (list, i) { found = found ? meet(found, list, now[i]) : moved(list, now[i]); });
      return rest.length && found.places.length ? meetAll(archive, term, rest, found) : found;
    });
  }

  // Where a term starts, and a state that is not 0 where one heading holds it whole.
  J.termPostings = function (archive, term) {
    if (term.length === 1) return archive.postings(term[0], null);
    var offsets = [];
    for (var k = 0; k + 1 < term.length; k += 2) offsets.push(k);
    if (term.length % 2) offsets.push(term.length - 2);
    // In the order of the shards, so that a long passage asks for each once; a few at a time, so that it can end early.
    if (offsets.length > AT_ONCE) offsets.sort(function (a, b) { return J.byPair([term[a], term[a + 1]], [term[b], term[b + 1]]); });
    return meetAll(archive, term, offsets, null);
  };

  function streamCounts(archive, term) {
    return J.termPostings(archive, term).then(function (found) {
      var counts = {}, bases = archive.bases, speech = 0;
      STREAM.forEach(function (field) { counts[field] = new Int32Array(archive.size); });
      for (var i = 0; i < found.places.length; i++) {
        var place = found.places[i];
        if (place < bases[speech] || place >= bases[speech + 1]) {
          var low = 0, high = archive.size;
          while (high - low > 1) {
            var middle = (low + high) >> 1;
            if (bases[middle] <= place) low = middle; else high = middle;
          }
          speech = low;
        }
        counts.text[speech]++;
        if (place - bases[speech] + term.length <= archive.lengths.title[speech]) counts.title[speech]++;
        if (found.states[i]) counts.heading[speech]++;
      }
      return { counts: counts, lengths: archive.lengths };
    });
  }

  function metaCounts(archive, field, term) {
    return archive.column(field).then(function (column) {
      var cut = column.values.map(function (value) { return J.units(value); });
      var counts = {}, lengths = {};
      var hits = cut.map(function (units) { return J.places(term, units).length; });
      counts[field] = Int32Array.from(column.numbers, function (n) { return n ? hits[n - 1] : 0; });
      lengths[field] = column.numbers.map(function (n) { return n ? cut[n - 1].length : 0; });
      return { counts: counts, lengths: lengths };
    });
  }

  // One term in lunr's form: its posting, and BM25 weights added to the field vectors.
  function addTerm(archive, number, found, vectors) {
    var posting = { _index: number };
    STREAM.concat(META).forEach(function (field) {
      posting[field] = {};
      var counts = found.counts[field];
      if (counts) for (var d = 0; d < archive.size; d++) if (counts[d]) posting[field][d] = {};
    });
    var rarity = lunr.idf(posting, archive.size);
    Object.keys(found.counts).forEach(function (field) {
      var counts = found.counts[field], lengths = found.lengths[field];
      var average = lengths.reduce(function (a, b) { return a + b; }, 0) / archive.size;
      for (var d = 0; d < archive.size; d++) {
        if (!counts[d]) continue;
        var tf = counts[d];
        var score = rarity * ((K1 + 1) * tf) / (K1 * (1 - B + B * (lengths[d] / average)) + tf);
        var ref = field + "/" + d;
        (vectors[ref] = vectors[ref] || []).push(number, Math.floor(score * BOOSTS[field] * 1000 + 0.5) / 1000);
      }
    });
    return posting;
  }

  // A lunr index that holds the terms of the clauses only, and the counts behind it.
  J.partialIndex = function (archive, clauses) {
    var keys = J.keysOf(clauses), terms = new Map();
    clauses.forEach(function (c) { terms.set(keys.get(J.termKey(c)), c); });
    var names = Array.from(terms.keys());
    return Promise.all(names.map(function (name) {
      var clause = terms.get(name);
      return clause.meta ? metaCounts(archive, clause.meta, clause.units) : streamCounts(archive, clause.units);
    })).then(function (found) {
      var inverted = Object.create(null), elements = Object.create(null), vectors = Object.create(null), counts = {};
      found.forEach(function (one, number) {
        inverted[names[number]] = addTerm(archive, number, one, elements);
        counts[names[number]] = one.counts;
      });
      if (clauses.every(function (c) { return c.exclude; })) {
        for (var d = 0; d < archive.size; d++) elements["text/" + d] = elements["text/" + d] || [];
      }
      Object.keys(elements).forEach(function (ref) { vectors[ref] = new lunr.Vector(elements[ref]); });
      var index = new lunr.Index({
        invertedIndex: inverted, fieldVectors: vectors, tokenSet: lunr.TokenSet.fromArray(names.slice().sort()),
        fields: STREAM.concat(META), pipeline: new lunr.Pipeline()
      });
      return { index: index, counts: counts, keys: keys };
    });
  };

  function rank(archive, clauses) {
    return J.partialIndex(archive, clauses).then(function (partial) {
      return partial.index.search(J.lunrQuery(clauses)).map(function (hit) {
        var speech = Number(hit.ref), count = 0;
        clauses.forEach(function (c) {
          if (!c.exclude && !c.meta) count += partial.counts[partial.keys.get(J.termKey(c))][c.scope || "text"][speech];
        });
        return { speech: speech, score: hit.score, count: count };
      });
    });
  }

  // What the filters leave, and each facet's counts among what all the other filters leave.
  function withFacets(archive, found, filters) {
    var names = Object.keys(archive.core.facets);
    Object.keys(filters).forEach(function (name) {
      if (names.indexOf(name) < 0) refuse("没有“" + name + "”这个筛选项。可用的筛选项：" + names.join("、") + "。");
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
  }

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
      refuse("没有“" + sort + "”这种排序。可用：relevance（相关）、newest（从新到旧）、oldest（从旧到新）。");
    }
    return found.slice().sort(orders[sort]);
  }

  function showHit(archive, hit, clauses, withSnippets) {
    return archive.card(hit.speech).then(function (card) {
      return (withSnippets ? archive.rows(card) : Promise.resolve(null)).then(function (rows) {
        var layout = J.layout(card[1], []);
        return {
          id: card[0], url: "speeches/" + card[0] + ".html", title: card[1],
          titleHtml: J.marked(layout.chars, 0, layout.titleEnd, J.matches(layout, clauses)),
          date: card[2], speaker: card[3], count: hit.count, score: hit.score,
          snippets: rows ? J.snippets(card[1], rows, clauses) : []
        };
      });
    });
  }

  // For an empty answer: in how many speeches each term alone is found.
  J.termTotals = function (query) {
    return J.prepare().then(function (archive) {
      var wanted = J.parse(query).filter(function (c) { return !c.exclude; });
      return Promise.all(wanted.map(function (clause) {
        return rank(archive, [clause]).then(function (found) { return { text: clause.source, total: found.length }; });
      }));
    });
  };

  J.runSearch = function (archive, query, options) {
    var offset = Math.max(options.offset || 0, 0);
    var limit = options.limit === undefined ? 10 : Math.max(options.limit, 0);
    return Promise.resolve().then(function () {
      var clauses = J.parse(query);
      return rank(archive, clauses).then(function (found) {
        return withFacets(archive, found, options.filters || {});
      }).then(function (left) {
        var order = sorted(archive, left.found, options.sort || "relevance");
        return Promise.all(order.slice(offset, offset + limit).map(function (hit) {
          return showHit(archive, hit, clauses, options.snippets !== false);
        })).then(function (hits) {
          var result = { total: order.length, hits: hits, facets: left.facets };
          if (clauses.every(function (c) { return c.exclude; })) {
            result.message = "只写了要排除的词：下面是不含这些词的全部讲稿。";
          }
          return result;
        });
      });
    }).catch(function (error) {
      if (error.name !== "QueryError") throw error;
      return { total: 0, hits: [], facets: {}, message: error.message };
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
