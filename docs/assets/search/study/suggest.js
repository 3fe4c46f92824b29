// For an empty answer: which term is nowhere, and how the archive itself words something close to it.
(function (J) {
  "use strict";
  var LONGEST = 40, MOST_PLACES = 300000, MOST_TEXTS = 10, MOST = 3, AROUND = 3;

  // The stretch of a text that is closest to the wanted units: by edit distance, the stretch free at both ends. Of equals the
  // one of their length: a last unit that is wrong is another unit, not one too many.
  J.closest = function (wanted, units) {
    var row = [], best = null;
    var off = function (one) { return one.cost + Math.abs(one.to - one.from - wanted.length) / 100; };
    for (var k = 0; k <= wanted.length; k++) row.push({ cost: k, from: 0 });
    for (var i = 0; i <= units.length; i++) {
      if (i) {
        var next = [{ cost: 0, from: i }];
        for (var j = 1; j <= wanted.length; j++) {
          var same = row[j - 1].cost + (wanted[j - 1] === units[i - 1] ? 0 : 1);
          var more = row[j].cost + 1, less = next[j - 1].cost + 1, least = Math.min(same, more, less);
          next.push({ cost: least, from: least === same ? row[j - 1].from : least === more ? row[j].from : next[j - 1].from });
        }
        row = next;
      }
      var end = { cost: row[wanted.length].cost, from: row[wanted.length].from, to: i };
      if (end.from < i && (!best || off(end) < off(best))) best = end;
    }
    return best;
  };

  function allowed(size) { return Math.max(1, Math.floor(size / 4)); }

  // Speeches where pairs of the term stand, best first, each with the places where the term could start: a place has a
  // voice for each pair that stands where the term would have it, one unit more or less in between counting half.
  function candidates(archive, lists) {
    var voices = new Map(), speeches = new Map(), taken = 0;
    lists.sort(function (a, b) { return a.places.length - b.places.length; }).forEach(function (list) {
      if (taken + list.places.length > MOST_PLACES) return;
      taken += list.places.length;
      list.places.forEach(function (place) { voices.set(place - list.at, (voices.get(place - list.at) || 0) + 2); });
    });
    voices.forEach(function (voice, place) {
      var speech = archive.speechAt(Math.max(place, 0)), score = voice + Math.max(voices.get(place - 1) || 0, voices.get(place + 1) || 0) / 2;
      if (!speeches.has(speech)) speeches.set(speech, { speech: speech, score: 0, places: [] });
      var mine = speeches.get(speech);
      mine.places.push(place - archive.bases[speech]);
      mine.score = Math.max(mine.score, score);
    });
    return Array.from(speeches.values()).sort(function (a, b) {
      return b.score - a.score || b.places.length - a.places.length || a.speech - b.speech;
    }).slice(0, MOST_TEXTS);
  }

  // Wordings of the archive close to the term, the closest and most frequent first.
  function wordings(archive, term) {
    if (term.length < 3 || term.length > LONGEST) return Promise.resolve([]);
    var pairs = term.slice(1).map(function (unit, at) {
      return archive.postings(term[at], unit).then(function (list) { return { at: at, places: Array.from(list.places) }; });
    });
    return Promise.all(pairs).then(function (lists) {
      var found = candidates(archive, lists);
      return Promise.all(found.map(function (one) { return archive.text(one.speech); })).then(function (texts) {
        var kept = new Map();
        texts.forEach(function (text, n) {
          var layout = J.layout(text.card.title, text.rows), piece = J.cut(J.stretch(layout, 0, layout.size));
          found[n].places.forEach(function (at) {
            var start = Math.max(at - AROUND, 0), near = J.closest(term, piece.texts.slice(start, at + term.length + AROUND));
            if (!near || near.cost > allowed(term.length)) return;
            var from = start + near.from, to = start + near.to - 1;
            while (from < to && piece.texts[from] === "|") from++;
            while (from < to && piece.texts[to] === "|") to--;
            var words = J.stretch(layout, piece.starts[from], piece.ends[to]);
            var key = piece.texts.slice(from, to + 1).join(" ");
            if (/[\n"]/.test(words) || key === term.join(" ") || from === to) return;
            if (!kept.has(key)) kept.set(key, { text: words, cost: near.cost, places: 0 });
            kept.get(key).places++;
          });
        });
        return Array.from(kept.values());
      });
    });
  }

  function names(archive, clause) {
    if (clause.units.length > LONGEST) return Promise.resolve([]);
    return archive.column(clause.meta).then(function (column) {
      var counts = new Map();
      column.numbers.forEach(function (n) { counts.set(n, (counts.get(n) || 0) + 1); });
      return column.values.map(function (value, n) {
        var near = J.closest(clause.units, J.units(value));
        return { text: value, cost: near ? near.cost : Infinity, places: counts.get(n + 1) || 0 };
      }).filter(function (one) { return one.cost <= allowed(clause.units.length) && one.cost < clause.units.length; });
    });
  }

  // { total, terms: [{text, total}], instead: [{text, query, total}] }: speeches of the whole query without filters, of
  // each term, and of queries that would have some.
  J.answers.suggest = function (archive, query, options) {
    return J.answering({ total: 0, terms: [], instead: [] }, function () {
      var whole = J.clausesOf(query, options.only), clauses = whole.filter(function (c) { return !c.exclude; });
      return Promise.all([whole].concat(clauses.map(function (c) { return [c]; })).map(function (some) {
        return J.rank(archive, some);
      })).then(function (found) {
        var total = found.shift().length, missing = clauses.findIndex(function (c, n) { return !found[n].length; }), wrong = clauses[missing];
        var terms = clauses.map(function (c, n) { return { text: c.source, total: found[n].length }; });
        if (missing < 0) return { total: total, terms: terms, instead: [] };
        return (wrong.meta ? names(archive, wrong) : wordings(archive, wrong.units)).then(function (close) {
          close.sort(function (a, b) { return a.cost - b.cost || b.places - a.places || (a.text < b.text ? -1 : 1); });
          return Promise.all(close.slice(0, MOST).map(function (one) {
            var written = query.slice(wrong.from, wrong.to), field = /^-?[^\s":]+:/.exec(written);
            var words = /\s/.test(one.text) ? '"' + one.text + '"' : one.text;
            var instead = query.slice(0, wrong.from) + (wrong.own && field ? field[0] : "") + words + query.slice(wrong.to);
            return J.rank(archive, J.clausesOf(instead, options.only)).then(function (hits) {
              return { text: one.text, query: instead, total: hits.length };
            });
          }));
        }).then(function (instead) {
          return { total: total, terms: terms, instead: instead.filter(function (one) { return one.total; }) };
        });
      });
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
