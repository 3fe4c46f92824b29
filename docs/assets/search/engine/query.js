// The query language: the twin of jianggao/search/query.py.
(function (J) {
  "use strict";
  var SCOPES = {
    标题: "title", 小标题: "heading", 讲话人: "speaker", 场合: "occasion", 地点: "place",
    title: "title", heading: "heading", speaker: "speaker", occasion: "occasion", place: "place"
  };
  var META = ["speaker", "occasion", "place"];
  var LONGEST = 6000, LONGEST_NAME = 10, MOST_TERMS = 30;
  var SPACES = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
  var UNPAIRED = "英文引号没有成对：请补上另一个引号，或者把它去掉。";

  var refuse = J.refuse = function (message) {
    var error = new Error(message);
    error.name = "QueryError";
    throw error;
  };

  function isSpace(char) { return SPACES.indexOf(char) >= 0; }

  function skipSpaces(query, at) {
    while (at < query.length && isSpace(query[at])) at++;
    return at;
  }

  // own is the field that was written, source the term with it.
  function clauseOf(text, scope, exclude, name) {
    return {
      units: J.units(text), scope: scope, own: scope, exclude: exclude, meta: META.indexOf(scope) >= 0 ? scope : "",
      source: scope ? name + ":" + text : text
    };
  }

  function readClause(query, at) {
    var exclude = query[at] === "-";
    if (exclude) at++;
    if ((exclude && skipSpaces(query, at) !== at) || at === query.length) {
      refuse("减号“-”后面要紧跟一个要排除的词，例如：党建 -考核。");
    }
    var wordEnd = at;
    while (wordEnd < query.length && !isSpace(query[wordEnd])) wordEnd++;
    var word = query.slice(at, wordEnd), colon = word.indexOf(":"), name = word.slice(0, Math.max(colon, 0));
    var scope = "";
    if (colon >= 0 && Array.from(name).length <= LONGEST_NAME) {
      var key = J.units(name).join("");
      if (Object.prototype.hasOwnProperty.call(SCOPES, key)) scope = SCOPES[key];
    }
    if (scope && colon === word.length - 1) refuse("“" + name + ":”后面要紧跟一个词，例如：" + name + ":党建。");
    if (scope) at += name.length + 1;
    if (query[at] === '"') {
      var closing = query.indexOf('"', at + 1);
      if (closing < 0) refuse(UNPAIRED);
      return [clauseOf(query.slice(at + 1, closing), scope, exclude, name), closing + 1];
    }
    var term = query.slice(at, wordEnd);
    if (term.split('"').length % 2 === 0) refuse(UNPAIRED);
    return [clauseOf(term, scope, exclude, name), wordEnd];
  }

  function isNew(seen, clause) {
    var key = clause.exclude + " " + clause.scope + " " + clause.units.join(" ");
    return !seen.has(key) && Boolean(seen.add(key));
  }

  J.termKey = function (clause) { return clause.meta + ":" + clause.units.join(" "); };

  // The clauses of a query, each once; throws an error named QueryError whose message is for the reader.
  J.parse = function (query) {
    var length = Array.from(query).length;
    if (length > LONGEST) {
      refuse("检索内容太长：共 " + length + " 个字，最多 " + LONGEST + " 个字。请只留下要找的那一段。");
    }
    var clauses = [], seen = new Set();
    for (var at = skipSpaces(query, 0); at < query.length; at = skipSpaces(query, at)) {
      var read = readClause(query, at), clause = read[0];
      // Where it was written, so that a hint can put another in its place.
      clause.from = at;
      clause.to = at = read[1];
      if (clause.units.length && isNew(seen, clause)) clauses.push(clause);
    }
    if (!clauses.length) refuse("没有可以检索的内容：请输入汉字、字母或数字。");
    if (clauses.length > MOST_TERMS) {
      refuse("检索词太多：共 " + clauses.length + " 个，最多 " + MOST_TERMS +
        " 个。要找一整句话，请去掉空格或给它加上英文引号。");
    }
    return clauses;
  };

  // The clauses of a query; with only = "heading" or "title" the terms without a field of their own look there.
  J.clausesOf = function (query, only) {
    if (only && only !== "heading" && only !== "title") refuse("没有“" + only + "”这个范围。可用：heading（小标题）、title（标题）。");
    var clauses = J.parse(query);
    if (!only) return clauses;
    var seen = new Set();
    return clauses.map(function (c) { return c.scope ? c : Object.assign({}, c, { scope: only }); }).filter(function (c) {
      return isNew(seen, c);
    });
  };

  // A name in lunr's index for each distinct term.
  J.keysOf = function (clauses) {
    var keys = new Map();
    clauses.forEach(function (c) { if (!keys.has(J.termKey(c))) keys.set(J.termKey(c), "t" + keys.size); });
    return keys;
  };

  J.lunrQuery = function (clauses) {
    var keys = J.keysOf(clauses);
    return clauses.map(function (c) {
      return (c.exclude ? "-" : "+") + (c.scope ? c.scope + ":" : "") + keys.get(J.termKey(c));
    }).join(" ");
  };
})(globalThis.jianggao = globalThis.jianggao || {});
