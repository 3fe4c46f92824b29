/* How a speech, or a place in it, is cited. What is known stands in the page as schema.org data; what is not known is left
   out, never guessed. A place is {words: "第3段", anchor: "p3"} or null for the whole. */
(function (R) {
  "use strict";

  // A page that was opened by double click has an address that helps nobody else.
  R.address = function (record, place) {
    var base = record.url || (/^https?:$/.test(location.protocol) ? location.href.replace(/[?#].*$/, "") : "");
    return base && place ? base + "#" + place.anchor : base;
  };

  function speaker(record) { return record.author ? record.author.name : ""; }

  function home(record) { return record.isPartOf.name; }

  function chineseDate(date) {
    return date.split("-").map(function (part, n) { return Number(part) + "年月日"[n]; }).join("");
  }

  // GB/T 7714-2015, 4.6 (electronic resources) and, where there is no address, 4.1 with the mark Z (other).
  function gbt(record, place, url, today) {
    var out = (speaker(record) ? speaker(record) + ". " : "") + record.name;
    var where = place ? home(record) + ": " + place.words : "";
    if (url) {
      return out + "[EB/OL]. " + where + (record.dateCreated ? "(" + record.dateCreated + ")" : "") + "[" + today + "]. " + url + ".";
    }
    return out + "[Z]. " + home(record) + (record.dateCreated ? ", " + record.dateCreated : "") +
      (place ? ": " + place.words : "") + ". 编号" + record.identifier + ".";
  }

  var LATEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

  function latex(text) {
    return text.replace(/[\\{}%#&_$~^]/g, function (c) { return LATEX[c] || "\\" + c; });
  }

  var MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

  function bibtex(record, place, url, today) {
    var date = (record.dateCreated || "").split("-");
    var rows = [
      ["author", speaker(record) && "{" + latex(speaker(record)) + "}"],
      ["title", latex(record.name)],
      ["year", date[0]],
      ["month", date[1] && MONTHS[date[1] - 1], true],
      ["day", date[2] && String(Number(date[2]))],
      ["howpublished", latex(home(record))],
      ["note", latex(["讲话", place ? place.words : "", "编号" + record.identifier].filter(Boolean).join("，"))],
      ["url", url],
      ["urldate", url && today],
      ["language", "chinese"]
    ].filter(function (row) { return row[1]; });
    return "@misc{" + record.identifier + ",\n" + rows.map(function (row) {
      return "  " + row[0] + " = " + (row[2] ? row[1] : "{" + row[1] + "}");
    }).join(",\n") + "\n}";
  }

  // The tagged format of reference managers; a date is always given with its two slashes.
  function ris(record, place, url, today) {
    var date = (record.dateCreated || "").split("-");
    var rows = [
      ["TY", "ELEC"], ["AU", speaker(record)], ["TI", record.name],
      ["PY", date[0]], ["DA", date[0] && date[0] + "/" + (date[1] || "") + "/" + (date[2] || "") + "/"],
      ["T2", home(record)], ["SE", place && place.words], ["AN", record.identifier],
      ["UR", url], ["Y2", url && today.replace(/-/g, "/") + "/"], ["LA", "zh"]
    ].filter(function (row) { return row[1]; });
    return rows.map(function (row) { return row[0] + "  - " + row[1].replace(/[\r\n]+/g, " "); }).join("\r\n") + "\r\nER  - \r\n";
  }

  function plain(record, place, url) {
    return [
      (speaker(record) ? speaker(record) + "：" : "") + "《" + record.name + "》",
      record.dateCreated && chineseDate(record.dateCreated),
      place && place.words,
      url || home(record) + "，编号" + record.identifier
    ].filter(Boolean).join("，");
  }

  // Today as the reader's clock says it.
  R.today = function () {
    var now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  };

  R.FORMS = [["国标（GB/T 7714）", gbt], ["一行文字", plain], ["BibTeX", bibtex], ["RIS", ris]];

  R.cited = function (form, record, place, today) { return form(record, place, R.address(record, place), today); };
})(globalThis.jianggaoReader = globalThis.jianggaoReader || {});
