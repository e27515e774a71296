"use strict";
// What every view uses: the data of the report, texts in its language, and elements. Whatever comes from the data goes
// into the page as text, never as markup: a results file may be somebody else's.

/** The data that the page carries; set once, before anything is drawn. */
let island = null;

function readIsland() {
  return JSON.parse(document.getElementById("bulkhead").textContent);
}

/** A fixed text in the report's language, with {0}, {1}, ... filled in. */
function t(english, ...values) {
  const texts = island.texts || {};
  const text = Object.hasOwn(texts, english) ? texts[english] : english;
  return text.replace(/\{(\d)\}/g, (whole, at) => (at < values.length ? String(values[at]) : whole));
}

/** What the results say in a sentence (an expectation, a reason, how a victim ended), in the report's language. */
function said(english) {
  const texts = island.said || {};
  return typeof english === "string" && Object.hasOwn(texts, english) ? texts[english] : english;
}

/** An element: attributes (`on...` are listeners, null ones are left out), then children (texts, elements, null). */
function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A table: its columns are {head, text(row) or cell(row), number: true}, the first one names the row. */
function table(caption, columns, rows) {
  const cellOf = (column, row, isFirst) => {
    const content = column.cell ? column.cell(row) : column.text(row);
    const attributes = { class: column.number ? "number" : null };
    return isFirst ? h("th", { scope: "row", ...attributes }, content) : h("td", attributes, content);
  };
  const head = columns.map((column) => h("th", { scope: "col", class: column.number ? "number" : null }, column.head));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", null,
      h("caption", { class: "unseen" }, caption),
      h("thead", null, h("tr", null, head)),
      h("tbody", null, rows.map((row) =>
        h("tr", null, columns.map((column, at) => cellOf(column, row, at === 0)))))));
}

/** What is shown on demand; the table behind a chart, for one. */
function details(summary, ...content) {
  return h("details", null, h("summary", null, summary), ...content);
}

/** Like details, but its content is made when it is opened first. */
function lazyDetails(summary, make) {
  const element = details(summary);
  element.addEventListener("toggle", () => {
    if (element.open && element.childElementCount === 1) {
      element.append(make());
    }
  });
  return element;
}

/** Pairs of a term and what it means; null values are left out. */
function definitions(pairs, name) {
  return h("dl", { class: name || "facts" }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([term, value]) => h("div", null, h("dt", null, term), h("dd", null, value))));
}

/** A view: a landmark with a heading, and a sentence that says how to read it. */
function view(id, title, lead, ...content) {
  return h("section", { id, "aria-labelledby": id + "-title", class: "view" },
    h("h2", { id: id + "-title", tabindex: "-1" }, title),
    lead ? h("p", { class: "lead" }, lead) : null,
    ...content);
}

function button(text, act, attributes) {
  return h("button", { type: "button", onclick: act, ...attributes }, text);
}

/** A command to be run in a terminal, with a button that copies it. */
function commandLine(command) {
  const code = h("code", null, command);
  const copy = button(t("Copy"), async () => {
    copy.textContent = (await copied(command, code)) ? t("Copied") : t("Press Ctrl+C");
    setTimeout(() => { copy.textContent = t("Copy"); }, 2000);
  }, { class: "small", "aria-live": "polite" });
  return h("div", { class: "command" }, h("pre", { tabindex: "0" }, code), copy);
}

/** Where there is no clipboard (a page of a file may have none), the text is selected, so that one key copies it. */
async function copied(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    window.getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}
