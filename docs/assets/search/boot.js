// The one script that every page has: it brings the search when someone searches, leads to its box, and saves files.
// Classic scripts and <script> tags throughout, because a page opened by double click may load nothing else.
(function (J) {
  "use strict";
  var arrived = Object.create(null);
  var loading = Object.create(null);
  var torn = Object.create(null);
  var tag = typeof document !== "undefined" ? document.currentScript : null;
  var here = tag ? tag.src : "";
  var LONGEST = 2000;
  var MEND = "。请刷新页面再试；若仍不行，请联系网站管理员重新生成网站。";
  J.folder = here.replace(/[^/]*$/, "");
  J.root = J.folder.replace(/assets\/search\/$/, "");

  // Every data file is one call of this function: a name and its parts.
  J.take = function (parts) {
    arrived[parts[0]] = parts.slice(1);
  };

  // What came under a name, handed out once.
  J.taken = function (name) {
    var parts = arrived[name];
    delete arrived[name];
    return parts;
  };

  // Runs a script of this site once; tests put another way of reading files in its place.
  J.script = function (url) {
    return new Promise(function (resolve, reject) {
      var tag = document.createElement("script");
      tag.src = J.folder + url;
      tag.onload = function () { tag.remove(); resolve(); };
      tag.onerror = function () { tag.remove(); reject(new Error("missing")); };
      document.head.appendChild(tag);
    });
  };

  // The parts of a data file. A file is asked for again after a failure, so that a page survives a short outage; one that
  // came torn under another address, or the browser would give the same torn copy again. With a mark it is never a copy.
  J.data = function (name, path, mark) {
    if (!loading[name]) {
      mark = mark || torn[name];
      loading[name] = J.script("data/" + path + (mark ? "?" + mark : "")).then(function () {
        var parts = J.taken(name);
        if (!parts) throw new Error("damaged");
        return parts;
      }).catch(function (error) {
        if (error.message === "damaged") torn[name] = (torn[name] || 0) + 1;
        throw new Error((error.message === "missing" ? "缺少检索数据文件：" : "检索数据文件已损坏：") + path + MEND);
      });
      var forget = function () { delete loading[name]; };
      loading[name].then(forget, forget);
    }
    return loading[name];
  };

  // What an address asks. A long query stands behind the # sign, which no server sees: many refuse addresses of 8 kB.
  J.asked = function () {
    return new URLSearchParams(/^#q=/.test(location.hash) ? location.hash.slice(1) : location.search);
  };

  J.addressOf = function (path, asked, anchor) {
    var text = asked.toString();
    if (text.length <= LONGEST) return path + (text ? "?" + text : "") + (anchor ? "#" + anchor : "");
    if (anchor) asked.set("at", anchor);
    return path + "#" + asked.toString();
  };

  J.damaged = function (what) { return new Error("检索数据文件已损坏：" + what + MEND); };

  // Does a piece of work once, and again only after it failed.
  function once(work) {
    var done = null;
    return function () {
      if (!done) {
        done = work();
        done.catch(function () { done = null; });
      }
      return done;
    };
  }

  // What there is; the search page has it in the tag of this script, others ask for it. It alone keeps its name when the
  // archive changes, so no kept copy will do.
  J.manifest = once(function () {
    if (tag && tag.dataset.manifest) return Promise.resolve(JSON.parse(tag.dataset.manifest));
    return J.data("manifest", "manifest.js", Date.now()).then(function (parts) { return parts[0]; });
  });

  // A file that the manifest names.
  J.file = function (name) {
    return J.manifest().then(function (manifest) { return J.data(name, manifest.files[name]); });
  };

  // Enough to fold and match words, without the index.
  J.prepareWords = once(function () {
    return J.file("program").then(function () { J.openTables(J.taken("tables")); });
  });

  J.prepare = once(function () {
    return Promise.all([J.manifest(), J.file("core"), J.file("names"), J.prepareWords()]).then(function (got) {
      return J.openArchive(got[0], got[1][0], got[2][0]);
    });
  });

  // A question to the archive, asked once everything is there; the rarer ones are in a file of their own.
  function asks(name, file) {
    var more = once(function () { return file ? J.file(file) : Promise.resolve(); });
    return function (query, options) {
      var began = performance.now();
      return Promise.all([J.prepare(), more()]).then(function (got) {
        return J.answers[name](got[0], String(query), options || {});
      }).then(function (result) {
        result.ms = Math.round((performance.now() - began) * 10) / 10;
        return result;
      });
    };
  }

  J.search = asks("search");
  ["concordance", "trend", "suggest"].forEach(function (name) { J[name] = asks(name, "study"); });

  J.answers = {};
  J.run = {};

  function whenParsed(work) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", work);
    else work();
  }

  // Brings a file of the program and runs what is in it.
  function run(name) {
    var file = J.file(name);
    file.catch(function () { /* told below */ });
    whenParsed(function () {
      file.then(function () { J.run[name](); }, function (error) {
        var place = document.querySelector("[data-search-status]") || document.body.appendChild(document.createElement("p"));
        if (!place.dataset.state) place.className = "jg-marks";
        place.dataset.state = "error";
        place.textContent = error.message;
      });
    });
  }

  function start() {
    if (document.querySelector(".speech-body") && J.asked().get("q")) run("marks");
  }

  // Hands a text to the reader as a file, with the mark at its beginning that tells old editors and spreadsheets that this
  // is UTF-8; a picture needs none.
  J.save = function (name, type, text) {
    var blob = new Blob([/svg/.test(type) ? text : "\ufeff" + text], { type: type + ";charset=utf-8" }), link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  };

  if (!tag) return;
  // A slash leads to the search box of any page.
  document.addEventListener("keydown", function (event) {
    var box = document.querySelector("[type=search]"), held = document.activeElement || document.body;
    if (event.key !== "/" || !box || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (/^(TEXTAREA|SELECT)$/.test(held.tagName) || /^(text|search)$/.test(held.type)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // The search page asks for everything at once, wherever its other parts are.
  if (tag.hasAttribute("data-search-now")) {
    J.prepare().catch(function () { /* told when someone searches */ });
    run("page");
  } else whenParsed(start);
})(globalThis.jianggao = globalThis.jianggao || {});
