// The one script of the search that every page has: it brings the rest when someone searches.
// Classic scripts and <script> tags throughout, because a page opened by double click may load nothing else.
(function (J) {
  "use strict";
  var arrived = Object.create(null);
  var loading = Object.create(null);
  var here = typeof document !== "undefined" && document.currentScript ? document.currentScript.src : "";
  J.folder = here.replace(/[^/]*$/, "");
  J.root = J.folder.replace(/assets\/search\/$/, "");

  var PARTS = ["codec.js", "fold.js", "query.js", "snippets.js", "archive.js", "engine.js"];
  var WORDS = PARTS.slice(0, 5);

  // Every data file is one call of this function: a name and its parts.
  J.take = function (parts) {
    arrived[parts[0]] = parts.slice(1);
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

  // The parts of a data file. A file is asked for again after a failure, so that a page survives a short outage.
  J.data = function (name, path) {
    if (!loading[name]) {
      loading[name] = J.script("data/" + path).then(function () {
        var parts = arrived[name];
        delete arrived[name];
        if (!parts) throw new Error("damaged");
        return parts;
      }).catch(function (error) {
        var what = error.message === "missing" ? "缺少检索数据文件" : "检索数据文件已损坏";
        throw new Error(what + "：" + path + "。请刷新页面再试；若仍不行，请联系网站管理员重新生成网站。");
      });
      var forget = function () { delete loading[name]; };
      loading[name].then(forget, forget);
    }
    return loading[name];
  };

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

  var script = {};
  function scripts(names) {
    return Promise.all(names.map(function (name) {
      script[name] = script[name] || once(function () { return J.script(name); });
      return script[name]();
    }));
  }

  J.prepare = once(function () {
    return Promise.all([J.prepareWords(), scripts(PARTS)]).then(function (got) { return J.openArchive(got[0]); });
  });
  // Enough to fold and match words, without the index.
  J.prepareWords = once(function () {
    var manifest = J.data("manifest", "manifest.js");
    manifest.catch(function () { /* told below, after the scripts */ });
    return scripts(WORDS).then(function () { return manifest; }).then(function (parts) { return J.openTables(parts[0]); });
  });

  J.search = function (query, options) {
    var began = performance.now();
    return J.prepare().then(function (archive) {
      return J.runSearch(archive, String(query), options || {});
    }).then(function (result) {
      result.ms = Math.round((performance.now() - began) * 10) / 10;
      return result;
    }, function (error) {
      throw error.message === "missing" ? new Error("检索程序没有载入，请刷新页面再试。") : error;
    });
  };

  function start() {
    if (document.querySelector("[data-search-page]")) J.script("page.js");
    else if (document.querySelector(".speech-body") && /[?&]q=[^&]/.test(location.search)) J.script("marks.js");
  }

  if (typeof document !== "undefined") {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  }
})(globalThis.jianggao = globalThis.jianggao || {});
