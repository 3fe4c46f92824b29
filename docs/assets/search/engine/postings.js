// Shards and the records in them: the twin of what jianggao/search/shards.py and archive.py read.
(function (J) {
  "use strict";

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

  // Positions and heading states of several records, one behind the other.
  J.readRecords = function (records) {
    var read = records.map(readRecord), size = read.reduce(function (n, r) { return n + r.places.length; }, 0);
    var places = new Int32Array(size), states = new Uint8Array(size), at = 0;
    read.forEach(function (r) {
      places.set(r.places, at);
      states.set(r.states, at);
      at += r.places.length;
    });
    return { places: places, states: states };
  };
})(globalThis.jianggao = globalThis.jianggao || {});
