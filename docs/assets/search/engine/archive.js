// The search data of the site, asked for file by file: the twin of jianggao/search/archive.py.
(function (J) {
  "use strict";
  var KEPT_SHARDS = 240, KEPT_TEXTS = 40, DIGEST = 8, NAME = 10;

  // Keeps the most recent values, so that a long session does not grow.
  function keeping(most, make) {
    var kept = new Map();
    return function (key) {
      var value = kept.get(key);
      if (value === undefined) {
        value = make(key);
        value.catch(function () { kept.delete(key); });
      } else kept.delete(key);
      kept.set(key, value);
      if (kept.size > most) kept.delete(kept.keys().next().value);
      return value;
    };
  }

  function digestOf(digests, n) { return digests.slice(DIGEST * n, DIGEST * n + DIGEST); }

  function total(numbers) { return numbers.reduce(function (a, b) { return a + b; }, 0); }

  function cardOf(row) { return { id: row[0], title: row[1], date: row[2], speaker: row[3] }; }

  function Archive(manifest, core, names) {
    var size = manifest.speeches;
    this.core = core;
    this.size = size;
    this.table = J.readKeys(core.keys);
    // Per field of the stream: how long each speech is in units, and all together.
    this.lengths = { title: J.decode(core.title), heading: J.decode(core.heading), text: J.decode(core.text) };
    this.totals = { title: total(this.lengths.title), heading: total(this.lengths.heading), text: total(this.lengths.text) };
    this.bases = new Int32Array(size + 1);
    for (var i = 0; i < size; i++) this.bases[i + 1] = this.bases[i] + this.lengths.text[i] + 1;

    this.shard = keeping(KEPT_SHARDS, function (n) {
      return J.data("p/" + n, "p/" + n + "-" + digestOf(core.digests, n) + ".js");
    });
    var cards = keeping(Infinity, function (n) {
      return J.data("c/" + n, "c/" + n + "-" + digestOf(core.cards[1], n) + ".js").then(function (p) { return p[0]; });
    });
    // What a hit shows: id, title, date, speaker.
    this.card = function (speech) {
      return cards(Math.floor(speech / core.cards[0])).then(function (rows) { return cardOf(rows[speech % core.cards[0]]); });
    };
    var load = function (speech) {
      var name = "t/" + names.slice(NAME * speech, NAME * speech + NAME);
      return J.data(name, name + ".js").then(function (parts) { return { card: cardOf(parts[0]), rows: parts[1], odd: parts[2] }; });
    };
    // A speech for snippets: its card, its paragraphs, and which of its characters fold to others.
    this.text = keeping(KEPT_TEXTS, load);
    // The same for once, where thousands are read one after the other.
    this.textOnce = load;

    var column = function (raw) { return { values: raw[0], numbers: J.decode(raw[1]) }; };
    var whole = function (name, read) {
      return function (parts) {
        try { return read(parts); } catch (error) { throw J.damaged(name); }
      };
    };
    // Distinct values, and per speech the number of its value from 1, 0 for none.
    this.column = keeping(Infinity, function (name) {
      return name === "occasion"
        ? J.file("occasion").then(whole(name, function (parts) { return column(parts[0]); }))
        : Promise.resolve(core.facets[name]).then(whole(name, column));
    });
    this.chars = keeping(1, function () { return J.file("chars").then(whole("chars", function (parts) { return J.decode(parts[0]); })); });
  }

  // Records follow by second unit: positions rise within a pair, not across the pairs of one unit.
  Archive.prototype.postings = function (first, second) {
    var range = J.shardRange(this.table, first, second), numbers = [];
    for (var n = range[0]; n < range[1]; n++) numbers.push(n);
    return Promise.all(numbers.map(this.shard)).then(function (loaded) {
      try {
        return J.readRecords([].concat.apply([], loaded.map(function (one) { return J.recordsOf(one, first, second); })));
      } catch (error) {
        throw J.damaged("分片 " + numbers.join("、"));
      }
    });
  };

  // The speech that holds a position of the line.
  Archive.prototype.speechAt = function (place) {
    var low = 0, high = this.size;
    while (high - low > 1) {
      var middle = (low + high) >> 1;
      if (this.bases[middle] <= place) low = middle; else high = middle;
    }
    return low;
  };

  J.openTables = function (parts) {
    J.setCode(parts[0]);
    J.setTables(parts[1]);
  };

  J.openArchive = function (manifest, core, names) {
    try {
      return new Archive(manifest, core, names);
    } catch (error) {
      throw J.damaged(manifest.files.core);
    }
  };
})(globalThis.jianggao = globalThis.jianggao || {});
