// The search data of the site, asked for file by file: the twin of jianggao/search/archive.py.
(function (J) {
  "use strict";
  var KEPT_SHARDS = 240, KEPT_TEXTS = 40;

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

  function less(a, b) { return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]); }

  // The order of pairs in the shards.
  J.byPair = function (a, b) { return less(a, b) ? -1 : less(b, a) ? 1 : 0; };

  // The first index whose key is not below the wanted one.
  function firstNotBelow(keys, wanted) {
    var low = 0, high = keys.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (less(keys[middle], wanted)) low = middle + 1; else high = middle;
    }
    return low;
  }

  J.readKeys = function (text) {
    var names = text ? text.split(" ") : [];
    return {
      goesOn: names.map(function (name) { return name[0] === "~"; }),
      keys: names.map(function (name) { return name.replace(/^~/, "").split(">"); })
    };
  };

  // [from, to) of the shards where the pair may stand; of all pairs with that first unit when second is null.
  J.shardRange = function (table, first, second) {
    var keys = table.keys, wanted = [first, second === null ? "" : second], start = firstNotBelow(keys, wanted), stop = start;
    var same = function (key) { return key[0] === first && (second === null || key[1] === second); };
    while (stop < keys.length && same(keys[stop])) stop++;
    var beginsHere = second !== null && stop > start && !table.goesOn[start];
    return [beginsHere ? start : Math.max(start - 1, 0), stop];
  };

  // Records of a shard that belong to the pair, or to all pairs with that first unit.
  J.recordsOf = function (shard, first, second) {
    var records = null, out = [], number = 0;
    shard[0].split(" ").forEach(function (group) {
      var cut = group.indexOf(">"), mine = group.slice(0, cut) === first;
      group.slice(cut + 1).split(",").forEach(function (piece, turn) {
        (turn % 2 ? [piece] : Array.from(piece)).forEach(function (unit) {
          if (mine && (second === null || unit === second)) {
            records = records || shard[1].split(" ");
            out.push(records[number]);
          }
          number++;
        });
      });
    });
    return out;
  };

  // Positions and heading states of one record.
  function readRecord(record) {
    var parts = record.split("!"), places = J.unpack(parts[0]), states = new Uint8Array(places.length);
    for (var i = 1; i < places.length; i++) places[i] += places[i - 1];
    if (parts[1]) {
      var at = 0;
      J.unpack(parts[1]).forEach(function (coded) {
        at += Math.floor(coded / 3);
        states[at] = coded % 3 + 1;
      });
    }
    return { places: places, states: states };
  }

  function joined(records) {
    var read = records.map(readRecord), size = read.reduce(function (n, r) { return n + r.places.length; }, 0);
    var places = new Int32Array(size), states = new Uint8Array(size), at = 0;
    read.forEach(function (r) {
      places.set(r.places, at);
      states.set(r.states, at);
      at += r.places.length;
    });
    return { places: places, states: states };
  }

  function Archive(manifest, core) {
    this.manifest = manifest;
    this.core = core;
    this.size = manifest.speeches;
    this.table = J.readKeys(manifest.keys);
    this.lengths = { title: J.decode(core.title), heading: J.decode(core.heading), text: J.decode(core.text) };
    this.bases = new Int32Array(this.size + 1);
    for (var i = 0; i < this.size; i++) this.bases[i + 1] = this.bases[i] + this.lengths.text[i] + 1;
    var columns = Object.create(null);
    var digestOf = function (digests, n) { return digests.slice(8 * n, 8 * n + 8); };
    var shard = keeping(KEPT_SHARDS, function (n) {
      return J.data("p/" + n, "p/" + n + "-" + digestOf(manifest.digests, n) + ".js");
    });
    var cards = keeping(Infinity, function (n) {
      return J.data("c/" + n, "c/" + n + "-" + digestOf(manifest.cards[1], n) + ".js").then(function (p) { return p[0]; });
    });
    var text = keeping(KEPT_TEXTS, function (name) {
      return J.data("t/" + name.slice(0, -9), "t/" + name + ".js").then(function (p) { return p[0]; });
    });

    // Distinct values, and per speech the number of its value from 1, 0 for none.
    this.column = function (name) {
      if (!columns[name]) {
        var raw = name === "occasion"
          ? J.data("occasion", manifest.files.occasion).then(function (p) { return p[0]; })
          : Promise.resolve(core.facets[name]);
        columns[name] = raw.then(function (pair) { return { values: pair[0], numbers: J.decode(pair[1]) }; });
        columns[name].catch(function () { delete columns[name]; });
      }
      return columns[name];
    };

    // Records follow by second unit: positions rise within a pair, not across the pairs of one unit.
    this.postings = function (first, second) {
      var range = J.shardRange(this.table, first, second), numbers = [];
      for (var n = range[0]; n < range[1]; n++) numbers.push(n);
      return Promise.all(numbers.map(shard)).then(function (loaded) {
        try {
          return joined([].concat.apply([], loaded.map(function (one) { return J.recordsOf(one, first, second); })));
        } catch (error) {
          throw new Error("检索数据文件已损坏（分片 " + numbers.join("、") + "）。请刷新页面再试；若仍不行，请联系网站管理员重新生成网站。");
        }
      });
    };

    // [id, title, date, speaker, digest of the text file]
    this.card = function (speech) {
      return cards(Math.floor(speech / manifest.cards[0])).then(function (rows) { return rows[speech % manifest.cards[0]]; });
    };

    this.rows = function (card) { return text(card[0] + "-" + card[4]); };
  }

  // The folding tables, and the manifest handed on.
  J.openTables = function (manifest) {
    return J.data("tables", manifest.files.tables).then(function (tables) {
      J.setCode(manifest.code);
      J.setTables(tables[0]);
      return manifest;
    });
  };

  J.openArchive = function (manifest) {
    return Promise.all([J.data("core", manifest.files.core), J.script("data/" + manifest.files.lunr)]).then(function (loaded) {
      return new Archive(manifest, loaded[0][0]);
    });
  };
})(globalThis.jianggao = globalThis.jianggao || {});
