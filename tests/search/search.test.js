// The search in JavaScript against the cases that both languages share, and against what Python answers.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");
const { makeSite, openPage, plain } = require("./harness.js");

const cases = JSON.parse(fs.readFileSync(path.join(__dirname, "cases.json"), "utf8"));
const { site, told } = makeSite();

async function openedPage() {
  const page = openPage(site);
  page.archive = await page.J.prepare();
  return page;
}

test("texts fall into the same units at the same places", async () => {
  const { J } = await openedPage();
  for (const [text, expected] of cases.units) {
    const cut = J.cut(text);
    assert.deepEqual(plain(cut.texts.map((unit, i) => [unit, cut.starts[i], cut.ends[i]])), expected, text);
  }
});

test("queries become the same query of lunr", async () => {
  const { J } = await openedPage();
  for (const [query, expected] of cases.queries) assert.equal(J.lunrQuery(J.parse(query)), expected, query);
});

test("queries that cannot run are refused in Chinese", async () => {
  const { J } = await openedPage();
  for (const query of cases.refused) {
    assert.throws(() => J.parse(query), (error) => error.name === "QueryError" && /[一-龥]{4}/.test(error.message), query);
  }
});

test("coded numbers are read back", async () => {
  const { J } = await openedPage();
  for (const [numbers, text] of cases.numbers) assert.deepEqual(plain(J.decode(text)), numbers);
  assert.throws(() => J.unpack("!"));
  assert.throws(() => J.unpack("(&"));
});

test("every answer is Python's, to the last snippet and score", async () => {
  const { J } = await openedPage();
  for (const [asked, query, options, expected] of told.answers) {
    const answer = plain(await J[asked](query, options));
    assert.equal(typeof answer.ms, "number");
    delete answer.ms;
    for (const hit of [...(answer.hits || []), ...(expected.hits || [])]) hit.score = Math.round(hit.score * 1e9) / 1e9;
    assert.deepEqual(answer, expected, `${asked} ${query.slice(0, 40)} ${JSON.stringify(options)}`);
  }
});

test("tables are saved as Python writes them, and no cell is a formula", async () => {
  const { J } = await openedPage();
  await J.file("page");
  await J.file("study");
  for (const [asked, query, expected] of told.sheets) {
    const answer = await J[asked](query);
    const P = J.page;
    const rows = asked === "trend" ? P.trendRows(answer) : asked === "search" ? P.hitRows(answer.hits) : P.lineRows(answer.lines);
    assert.equal(J.page.csv(rows), expected, query);
  }
  assert.equal(J.page.csv([["=1+1", "-2", -2, '"', null]]), `"'=1+1","'-2","-2","""",""\r\n`);
});

test("the lines of a chart stand at round numbers", async () => {
  const { J } = await openedPage();
  await J.file("study");
  assert.deepEqual([0.4, 1, 3, 7, 20, 99, 1234].map((most) => Math.round(J.page.step(most) * 1000) / 1000), [0.1, 0.2, 1, 2, 5, 20, 500]);
});

test("the partial index ranks as lunr's own whole index does", async () => {
  const { J, archive, context } = await openedPage();
  context.told = JSON.stringify(told);
  const whole = vm.runInContext(`(function (told) {
    var builder = new lunr.Builder();
    ["title", "heading", "text"].forEach(function (name) { builder.field(name, { boost: told.boosts[name] }); });
    // lunr splits strings only; a list of tokens passes as it is.
    told.documents.forEach(function (one) { builder.add(one); });
    return builder.build();
  })(JSON.parse(told))`, context);
  for (const clauses of told.pairs) {
    const expected = plain(whole.query((query) => {
      clauses.forEach(([sign, field, one, two]) => query.clause({
        term: one + "·" + two, fields: field ? [field] : ["title", "heading", "text"], usePipeline: false,
        presence: vm.runInContext(sign === "+" ? "lunr.Query.presence.REQUIRED" : "lunr.Query.presence.PROHIBITED", context)
      }));
    })).map((hit) => [Number(hit.ref), hit.score]);
    const mine = clauses.map(([sign, scope, one, two]) => ({ units: [one, two], scope, exclude: sign === "-", meta: "" }));
    const partial = await J.partialIndex(archive, mine);
    const hits = plain(partial.index.search(J.lunrQuery(mine))).map((hit) => [Number(hit.ref), hit.score]);
    const byScore = (a, b) => Math.round((b[1] - a[1]) * 1e6) || a[0] - b[0];
    expected.sort(byScore);
    hits.sort(byScore);
    assert.ok(expected.length > 0);
    assert.deepEqual(hits.map((h) => h[0]), expected.map((h) => h[0]), JSON.stringify(clauses));
    hits.forEach((hit, i) => assert.ok(Math.abs(hit[1] - expected[i][1]) < 1e-6, JSON.stringify(clauses)));
  }
});

test("nothing is loaded before a search, no text without snippets, each file once", async () => {
  const { J, asked } = openPage(site);
  assert.deepEqual(asked, []);
  await J.search("党建", { snippets: false });
  assert.ok(asked.length > 0);
  assert.ok(!asked.some((url) => url.startsWith("data/t/")));
  const answer = await J.search("党建", { limit: 3 });
  assert.equal(asked.filter((url) => url.startsWith("data/t/")).length, answer.hits.length);
  await Promise.all([J.search("党建"), J.search("党建")]);
  assert.equal(new Set(asked).size, asked.length);
});

test("no kept copy of the manifest, which alone keeps its name, is taken for the new one", async () => {
  const { J, asked } = openPage(site);
  await J.search("党建");
  assert.match(asked[0], /^data\/manifest\.js\?\d+$/);
  assert.ok(asked.slice(1).every((url) => !url.includes("?")));
});

test("a missing file is told, and the page answers again when it is back", async () => {
  const { J } = openPage(site);
  const honest = J.script;
  J.script = async (url) => {
    if (url.startsWith("data/p/")) throw new Error("missing");
    return honest(url);
  };
  await assert.rejects(J.search("党建"), /缺少检索数据文件：p\/.*请刷新/);
  J.script = async (url) => (url.startsWith("data/p/") ? undefined : honest(url));
  await assert.rejects(J.search("党建"), /已损坏/);
  J.script = honest;
  assert.ok((await J.search("党建")).total > 0);
});

test("reading all lines tells how far it is, and stops when it is told to", async () => {
  const { J } = await openedPage();
  const told = [];
  const all = await J.concordance("工作", { lines: "left", limit: 5, progress: (done, of) => told.push([done, of]) });
  assert.ok(told.length > 2);
  assert.deepEqual(told[0], [0, all.speeches]);
  assert.deepEqual(told[told.length - 1], [all.speeches, all.speeches]);
  let asked = 0;
  const stopped = plain(await J.concordance("党建", { lines: "left", stopped: () => ++asked > 1 }));
  assert.deepEqual([stopped.total, stopped.lines, stopped.message], [0, [], "已停止。"]);
  // What was stopped is no answer for the next time.
  assert.ok((await J.concordance("党建", { lines: "left" })).total > 0);
});

test("an empty answer says which term is nowhere, and what the archive has instead", async () => {
  const { J } = await openedPage();
  const ask = async (query, options) => plain(await J.suggest(query, options));
  const told = await ask("党建 没有这个词 -述职");
  assert.equal(told.terms.length, 2);
  assert.ok(told.terms[0].total > 0);
  assert.deepEqual(told.terms[1], { text: "没有这个词", total: 0 });
  assert.deepEqual(told.instead, []);
  for (const [wrong, right] of [["在基层党健工作会议", "在基层党建工作会议"], ["基层的党建工作会议", "基层党建工作会议"], ["层党建工会议", "层党建工作会议"], ["基层党建工作会义", "基层党建工作会议"],
    ["积层党建工作会议", "基层党建工作会议"]]) {
    assert.equal((await ask(wrong)).instead[0].text, right, wrong);
  }
  assert.equal((await ask("讲话人:罗志园 工作")).instead[0].query, "讲话人:罗志远 工作");
  assert.equal((await ask("工作 -述职 标题:基层党健工作")).instead[0].query, "工作 -述职 标题:基层党建工作");
  assert.match((await ask('"')).message, /引号/);
});
