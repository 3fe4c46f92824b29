// Ranking: exact counts become a partial lunr index, lunr decides and ranks. The twin of jianggao/search/rank.py.
(function (J) {
  "use strict";
  var META = ["speaker", "occasion", "place"];
  var BOOSTS = { title: 4, heading: 2, text: 1, speaker: 1, occasion: 1, place: 1 };
  var B = 0.75, K1 = 1.2;

  // One term in lunr's form: its posting, and BM25 weights added to the field vectors.
  function addTerm(archive, number, found, vectors) {
    var posting = { _index: number };
    J.STREAM.concat(META).forEach(function (field) {
      posting[field] = {};
      var counts = found.counts[field];
      if (counts) for (var d = 0; d < archive.size; d++) if (counts[d]) posting[field][d] = {};
    });
    var rarity = lunr.idf(posting, archive.size);
    Object.keys(found.counts).forEach(function (field) {
      var counts = found.counts[field], lengths = found.lengths[field];
      var average = found.totals[field] / archive.size;
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
      return J.termCounts(archive, terms.get(name));
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
        fields: J.STREAM.concat(META), pipeline: new lunr.Pipeline()
      });
      return { index: index, counts: counts, keys: keys };
    });
  };

  // The speeches that match, with lunr's score and the number of places where the terms stand.
  J.rank = function (archive, clauses) {
    return J.partialIndex(archive, clauses).then(function (partial) {
      return partial.index.search(J.lunrQuery(clauses)).map(function (hit) {
        var speech = Number(hit.ref), count = 0;
        clauses.forEach(function (c) {
          if (!c.exclude && !c.meta) count += partial.counts[partial.keys.get(J.termKey(c))][c.scope || "text"][speech];
        });
        return { speech: speech, score: hit.score, count: count };
      });
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
