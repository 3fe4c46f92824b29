// Folding and units: the twin of jianggao/search/fold.py and units.py. The tables come from the build, so that both
// sides agree whatever Unicode version the browser has. Offsets are code points of the original text.
(function (J) {
  "use strict";
  var BREAK_KIND = 0, SKIP = 1, HAN = 2, WORD = 3;
  // What is known of a character of the basic plane: its kind, and whether it stays as it is and by itself.
  var KNOWN = 4, JOINS = 8, PLAIN = 16;
  var ranges = null, simple = null, facts = null, kinds = null;

  function edges(coded) {
    var gaps = J.decode(coded), at = 0;
    return gaps.map(function (gap) { at += gap; return at; });
  }

  // Sorted edges of half-open ranges: inside when an odd number of edges is at or below the code point.
  function within(list, code) {
    var low = 0, high = list.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (list[middle] <= code) low = middle + 1; else high = middle;
    }
    return low % 2 === 1;
  }

  J.setTables = function (tables) {
    ranges = {};
    ["han", "word", "skip", "joins", "unknown"].forEach(function (name) { ranges[name] = edges(tables[name]); });
    simple = new Map();
    var from = edges(tables.simple[0]), away = J.decode(tables.simple[1]);
    from.forEach(function (code, i) {
      var to = code + (away[i] % 2 ? -(away[i] + 1) / 2 : away[i] / 2);
      simple.set(String.fromCodePoint(code), String.fromCodePoint(to));
    });
    facts = new Uint8Array(0x10000);
    kinds = new Map();
  };

  function look(code) {
    return within(ranges.han, code) ? HAN : within(ranges.word, code) ? WORD : within(ranges.skip, code) ? SKIP : BREAK_KIND;
  }

  function factsOf(code) {
    var known = facts[code];
    // The ideographs that Unicode began with: nearly all of every text, and no version will change them.
    if (!known && code >= 0x4e00 && code <= 0x9fa5) known = facts[code] = KNOWN | HAN | PLAIN;
    else if (!known) {
      var char = String.fromCharCode(code);
      known = KNOWN | look(code);
      if (code >= 0x300 && within(ranges.joins, code)) known |= JOINS;
      // Sigma is lowered by what follows it.
      else if (code !== 0x3a3 && (within(ranges.unknown, code) || char.normalize("NFKC") === char) && char.toLowerCase() === char) known |= PLAIN;
      facts[code] = known;
    }
    return known;
  }

  function kindOf(char) {
    if (char.length === 1) return factsOf(char.charCodeAt(0)) & 3;
    var kind = kinds.get(char);
    if (kind === undefined) kinds.set(char, kind = look(char.codePointAt(0)));
    return kind;
  }

  J.isHan = function (char) { return kindOf(char) === HAN; };

  function joins(char) {
    return char >= "\u0300" && (char.length === 1 ? (factsOf(char.charCodeAt(0)) & JOINS) > 0 : within(ranges.joins, char.codePointAt(0)));
  }

  function isPlain(char) { return char.length === 1 && (factsOf(char.charCodeAt(0)) & PLAIN) > 0; }

  // NFKC and lower case of code points, and for each result the range of the original it came from.
  function fold(chars) {
    if (chars.every(isPlain)) return { chars: chars, starts: null, ends: null };
    var out = [], starts = [], ends = [];
    for (var i = 0; i < chars.length;) {
      var end = i + 1;
      while (end < chars.length && joins(chars[end])) end++;
      var piece = end === i + 1 ? chars[i] : chars.slice(i, end).join("");
      if (end === i + 1 && isPlain(piece)) { out.push(piece); starts.push(i); ends.push(end); i = end; continue; }
      if (!within(ranges.unknown, piece.codePointAt(0))) piece = piece.normalize("NFKC");
      for (var char of piece) { out.push(char); starts.push(i); ends.push(end); }
      i = end;
    }
    var lowered = Array.from(out.join("").toLowerCase());
    if (lowered.length === out.length) return { chars: lowered, starts: starts, ends: ends };
    var longStarts = [], longEnds = [];
    out.forEach(function (one, at) {
      for (var n = Array.from(one.toLowerCase()).length; n > 0; n--) { longStarts.push(starts[at]); longEnds.push(ends[at]); }
    });
    return { chars: lowered, starts: longStarts, ends: longEnds };
  }

  // A text (string or array of code points) in units: texts, starts, ends.
  J.cut = function (text) {
    var folded = fold(typeof text === "string" ? Array.from(text) : text), chars = folded.chars;
    var texts = [], starts = [], ends = [], run = "", wordAt = 0, last = "";
    var startOf = function (i) { return folded.starts ? folded.starts[i] : i; };
    var endOf = function (i) { return folded.ends ? folded.ends[i] : i + 1; };
    var put = function (unit, from, to) {
      texts.push(last = unit);
      starts.push(startOf(from));
      ends.push(endOf(to));
    };
    for (var i = 0; i < chars.length; i++) {
      var char = chars[i], kind = kindOf(char);
      if (kind === WORD) {
        if (!run) wordAt = i;
        run += char;
        continue;
      }
      if (run) { put(run, wordAt, i - 1); run = ""; }
      if (kind === HAN) put(simple.get(char) || char, i, i);
      else if (kind === BREAK_KIND && last === "|") ends[ends.length - 1] = endOf(i);
      else if (kind === BREAK_KIND && texts.length) put("|", i, i);
    }
    if (run) put(run, wordAt, chars.length - 1);
    if (last === "|") { texts.pop(); starts.pop(); ends.pop(); }
    return { texts: texts, starts: starts, ends: ends };
  };

  J.units = function (text) { return J.cut(text).texts; };

  // Indexes of the stream where the term starts.
  J.places = function (term, stream) {
    var found = [];
    if (!term.length) return found;
    for (var i = stream.indexOf(term[0]); i >= 0 && i + term.length <= stream.length; i = stream.indexOf(term[0], i + 1)) {
      var k = 1;
      while (k < term.length && stream[i + k] === term[k]) k++;
      if (k === term.length) found.push(i);
    }
    return found;
  };
})(globalThis.jianggao = globalThis.jianggao || {});
