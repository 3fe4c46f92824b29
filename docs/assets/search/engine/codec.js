// Whole numbers as printable text: the twin of jianggao/search/codec.py.
(function (J) {
  "use strict";
  var FIRST = 0x23, BACKSLASH = 0x5c, BASE = 91, WORD = 13;
  var stoppers = 48, continuers = BASE - stoppers;

  J.setCode = function (code) { stoppers = code[0]; continuers = code[1]; };

  function digit(text, at) {
    var c = text.charCodeAt(at);
    var d = c - FIRST - (c > BACKSLASH ? 1 : 0);
    if (!(d >= 0 && d < BASE) || c === BACKSLASH) throw new Error("damaged");
    return d;
  }

  // Numbers of the dense code.
  J.decode = function (text) {
    var out = [], high = 0;
    for (var i = 0; i < text.length; i++) {
      var d = digit(text, i);
      if (d >= stoppers) high = high * continuers + d - stoppers + 1;
      else { out.push(high * stoppers + d); high = 0; }
    }
    return out;
  };

  // One packed list; rise makes places of gaps.
  J.unpack = function (text) {
    var head = digit(text, 0);
    if (head === 0) return J.decode(text.slice(1));
    var low = head - 1, at = 1;
    while (digit(text, at) >= stoppers) at++;
    var size = J.decode(text.slice(1, at + 1))[0];
    at++;
    var word = 0, left = 0, out = new Array(size);
    function next() {
      if (at + 1 >= text.length) throw new Error("damaged");
      word = digit(text, at) * BASE + digit(text, at + 1);
      at += 2;
      left = WORD;
    }
    for (var i = 0; i < size; i++) {
      var value = 0, need = low;
      while (need > 0) {
        if (left === 0) next();
        var take = need < left ? need : left;
        value = (value << take) | ((word >> (left - take)) & ((1 << take) - 1));
        left -= take;
        need -= take;
      }
      out[i] = value;
    }
    var step = Math.pow(2, low);
    for (var k = 0; k < size; k++) {
      // So many noughts up to the next one: counted a word at a time.
      var zeros = 0, rest = word & ((1 << left) - 1);
      while (rest === 0) {
        zeros += left;
        next();
        rest = word;
      }
      var ones = Math.clz32(rest) - 32 + left;
      zeros += ones;
      left -= ones + 1;
      out[k] += zeros * step;
    }
    return out;
  };
})(globalThis.jianggao = globalThis.jianggao || {});
