// Terms: exact places of a term out of the postings of its pairs. The twin of jianggao/search/terms.py.
(function (J) {
  "use strict";
  var FIRST_ONLY = 3, AT_ONCE = 16;
  J.STREAM = ["title", "heading", "text"];

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

  // Per field a count for each speech, and the fields' lengths in units: of each speech, and all together.
  J.termCounts = function (archive, clause) {
    return clause.meta ? metaCounts(archive, clause.meta, clause.units) : streamCounts(archive, clause.units);
  };

  function streamCounts(archive, term) {
    return J.termPostings(archive, term).then(function (found) {
      var counts = {}, bases = archive.bases, speech = 0;
      J.STREAM.forEach(function (field) { counts[field] = new Int32Array(archive.size); });
      for (var i = 0; i < found.places.length; i++) {
        var place = found.places[i];
        if (place < bases[speech] || place >= bases[speech + 1]) speech = archive.speechAt(place);
        counts.text[speech]++;
        if (place - bases[speech] + term.length <= archive.lengths.title[speech]) counts.title[speech]++;
        if (found.states[i]) counts.heading[speech]++;
      }
      return { counts: counts, lengths: archive.lengths, totals: archive.totals };
    });
  }

  function metaCounts(archive, field, term) {
    return archive.column(field).then(function (column) {
      var cut = column.values.map(function (value) { return J.units(value); });
      var counts = {}, lengths = {}, totals = {};
      var hits = cut.map(function (units) { return J.places(term, units).length; });
      counts[field] = Int32Array.from(column.numbers, function (n) { return n ? hits[n - 1] : 0; });
      lengths[field] = column.numbers.map(function (n) { return n ? cut[n - 1].length : 0; });
      totals[field] = lengths[field].reduce(function (a, b) { return a + b; }, 0);
      return { counts: counts, lengths: lengths, totals: totals };
    });
  }
})(globalThis.jianggao = globalThis.jianggao || {});
