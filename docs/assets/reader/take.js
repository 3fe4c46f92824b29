/* A speech as a file of its own: its words as they stand in the page, holes with their marks. */
(function (R) {
  "use strict";

  // What would act as Markdown in a line of text.
  function escaped(text) {
    return text.replace(/[\\`*_{}[\]#<>|~&]/g, "\\$&").replace(/^(\s*\d+)([.)])/, "$1\\$2").replace(/^([+=:!-])/, "\\$1");
  }

  function facts(page) {
    return Array.from(page.querySelectorAll(".speech-fields li")).map(function (item) {
      var name = item.querySelector("strong").textContent;
      return [name, item.textContent.slice(item.textContent.indexOf(name) + name.length).trim()];
    });
  }

  // Blocks of the text in order: how deep a heading is (0 for a paragraph), and the block itself.
  function blocks(page) {
    return Array.from(page.querySelector(".speech-body").children).map(function (block) {
      return { depth: /^H[2-6]$/.test(block.tagName) ? Number(block.tagName[1]) : 0, block: block };
    });
  }

  // The words of a block; ``dress`` is given each of its texts and whether it is a run-in heading.
  function words(block, dress) {
    return Array.from(block.childNodes).map(function (node) {
      return dress(node.textContent, node.nodeType === 1 && node.classList.contains("run-in"));
    }).join("");
  }

  R.asText = function (page) {
    var head = [page.querySelector("h1").textContent].concat(facts(page).map(function (fact) { return fact.join("："); }));
    var body = blocks(page).map(function (one) { return one.block.textContent; });
    return head.join("\r\n") + "\r\n\r\n" + body.join("\r\n") + "\r\n";
  };

  R.asMarkdown = function (page) {
    var title = "# " + escaped(page.querySelector("h1").textContent);
    var list = facts(page).map(function (fact) { return "- " + fact[0] + "：" + escaped(fact[1]); }).join("\n");
    var body = blocks(page).map(function (one) {
      var text = words(one.block, function (piece, runIn) { return runIn ? "**" + escaped(piece) + "**" : escaped(piece); });
      return one.depth ? new Array(one.depth + 1).join("#") + " " + text : text;
    });
    return [title, list].concat(body).join("\n\n") + "\n";
  };

  R.fileName = function (record, ending) {
    var words = [record.dateCreated, record.author && record.author.name, record.name].filter(Boolean).join(" ");
    return Array.from(words.replace(/[\\/:*?"<>|\s]+/g, " ").trim()).slice(0, 60).join("") + ending;
  };
})(globalThis.jianggaoReader = globalThis.jianggaoReader || {});
