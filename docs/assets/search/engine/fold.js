// Folding and units: the twin of jianggao/search/fold.py and units.py. The tables come from the build, so that both
// sides agree whatever Unicode version the browser has. Offsets are code points of the original text.
(function (J) {
  "use strict";
  var BREAK_KIND = 0, SKIP = 1, HAN = 2, WORD = 3;
  var ranges = null, simple = null, kinds = null;

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
    var pairs = Array.from(tables.simple);
    for (var i = 0; i < pairs.length; i += 2) simple.set(pairs[i], pairs[i + 1]);
    kinds = new Map();
  };

  function kindOf(char) {
    var kind = kinds.get(char);
    if (kind === undefined) {
      var code = char.codePointAt(0);
      kind = within(ranges.han, code) ? HAN : within(ranges.word, code) ? WORD
        : within(ranges.skip, code) ? SKIP : BREAK_KIND;
      kinds.set(char, kind);
    }
    return kind;
  }

  function joins(char) { return char >= "\u0300" && within(ranges.joins, char.codePointAt(0)); }

  // NFKC and lower case of code points, and for each result the range of the original it came from.
  function fold(chars) {
    var out = [], starts = [], ends = [];
    for (var i = 0; i < chars.length;) {
      var end = i + 1;
      while (end < chars.length && joins(chars[end])) end++;
      var piece = end === i + 1 ? chars[i] : chars.slice(i, end).join("");
      var code = piece.codePointAt(0), plain = end === i + 1 && (code < 0xa0 || (code >= 0x4e00 && code < 0x9fa6));
      if (!plain && !within(ranges.unknown, code)) piece = piece.normalize("NFKC");
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
    var folded = fold(typeof text === "string" ? Array.from(text) : text);
    var texts = [], starts = [], ends = [], run = "";
    for (var i = 0; i < folded.chars.length; i++) {
      var char = folded.chars[i], kind = kindOf(char);
      if (kind === WORD) {
        if (!run) starts.push(folded.starts[i]);
        run += char;
        if (i + 1 === folded.chars.length || kindOf(folded.chars[i + 1]) !== WORD) {
          texts.push(run);
          ends.push(folded.ends[i]);
          run = "";
        }
      } else if (kind === HAN) {
        texts.push(simple.get(char) || char);
        starts.push(folded.starts[i]);
        ends.push(folded.ends[i]);
      } else if (kind === BREAK_KIND && texts.length) {
        if (texts[texts.length - 1] === "|") ends[ends.length - 1] = folded.ends[i];
        else { texts.push("|"); starts.push(folded.starts[i]); ends.push(folded.ends[i]); }
      }
    }
    if (texts[texts.length - 1] === "|") { texts.pop(); starts.pop(); ends.pop(); }
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
