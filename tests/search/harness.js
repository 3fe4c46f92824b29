// Runs the site's search scripts in Node as a page would: classic scripts in one global, data files by the same calls.
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vm = require("node:vm");

const HOME = path.resolve(__dirname, "..", "..");
const SCRIPTS = path.join(HOME, "docs", "assets", "search");

function python() {
  const own = path.join(HOME, ".venv", "bin", "python");
  return process.env.PYTHON || (fs.existsSync(own) ? own : "python3");
}

// The small archive's data, made by Python for this run, and what Python says of it.
function makeSite() {
  const site = fs.mkdtempSync(path.join(os.tmpdir(), "jianggao-search-"));
  process.on("exit", () => fs.rmSync(site, { recursive: true, force: true }));
  execFileSync(python(), [path.join(__dirname, "make_site.py"), site], { stdio: ["ignore", "inherit", "inherit"] });
  return { site, told: JSON.parse(fs.readFileSync(path.join(site, "told.json"), "utf8")) };
}

// A page of the site: its jianggao object, and the list of files that it asked for.
function openPage(site) {
  const context = vm.createContext({ performance });
  const asked = [];
  const run = (file) => vm.runInContext(fs.readFileSync(file, "utf8"), context, { filename: file });
  run(path.join(SCRIPTS, "boot.js"));
  const J = vm.runInContext("jianggao", context);
  J.script = async (url) => {
    asked.push(url);
    const file = path.join(site, "assets", "search", url.replace(/\?.*/, ""));
    if (!fs.existsSync(file)) throw new Error("missing");
    run(file);
  };
  return { J, asked, context };
}

// Objects made in another context compare as plain data.
const plain = (value) => JSON.parse(JSON.stringify(value));

module.exports = { HOME, makeSite, openPage, plain };
