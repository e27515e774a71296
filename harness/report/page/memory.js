"use strict";
// Memory: the address spaces of a living pool, and who sees what is written there. What is drawn as shared is what was
// measured: one worker wrote, and the others were looked at.

const memoryParts = [
  { name: "code", letter: "C", word: () => t("code"), scope: "host" },
  { name: "global", letter: "G", word: () => t("global variables"), scope: "host" },
  { name: "heap", letter: "H", word: () => t("heap"), scope: "host" },
  { name: "stack", letter: "S", word: () => t("stack"), scope: "worker" },
  { name: "thread_local", letter: "T", word: () => t("thread-local"), scope: "worker" },
  { name: "segment", letter: "M", word: () => t("segment"), scope: "segment" },
];

const reachWords = {
  readonly: () => t("the same for all, and read-only"),
  own: () => t("nobody else sees it"),
  process: () => t("all threads of the process see it"),
  pool: () => t("every process sees it"),
  unknown: () => t("not known"),
};

function hostOf(worker) {
  return Number(/^p(\d+)/.exec(worker)[1]);
}

/** How far a write to this part of this worker is seen. */
function reachOf(anatomy, worker, part) {
  const sights = anatomy.pairs.filter((pair) => pair.writer === worker).map((pair) => ({ relation: pair.relation, sight: pair.sees[part] }));
  const some = (relation, sight) => sights.some((each) => (relation === null || each.relation === relation) && each.sight === sight);
  if (some(null, "same_file")) {
    return "readonly";
  }
  if (some("other host", "seen")) {
    return "pool";
  }
  if (some("cell-mate", "seen")) {
    return "process";
  }
  return sights.length > 0 && sights.every((each) => each.sight === null) ? "unknown" : "own";
}

function mappingOf(worker, part) {
  const address = worker.addresses.find((each) => each.part === part);
  if (!address) {
    return null;
  }
  const mapping = address.mapping;
  return mapping ? `${mapping.permissions} ${mapping.path ? mapping.path.split("/").pop() : t("memory without a name")}` : address.address;
}

function memoryBlock(anatomy, worker, part) {
  const reach = reachOf(anatomy, worker.id, part.name);
  const address = worker.addresses.find((each) => each.part === part.name);
  return address ? h("div", { class: `block r-${reach}`, title: reachWords[reach]() },
    h("b", null, part.word()), h("span", { class: "unseen" }, `: ${reachWords[reach]()}. `),
    h("span", { class: "where" }, mappingOf(worker, part.name))) : null;
}

function hostPicture(anatomy, host) {
  const workers = anatomy.workers.filter((worker) => hostOf(worker.id) === host.number);
  const of = (scope) => memoryParts.filter((part) => part.scope === scope);
  const memory = host.memory ? t("{0} KiB in memory, {1} KiB its share", number(host.memory.rss_kib), number(host.memory.pss_kib)) : "";
  const threads = h("div", { class: "threads" }, workers.map((worker) => h("div", { class: "thread" },
    h("h4", null, worker.id, h("span", { class: "quiet" }, ` tid ${worker.tid}`)), of("worker").map((part) => memoryBlock(anatomy, worker, part)))));
  return h("section", { class: "space", "aria-label": t("Process {0}", `p${host.number}`) },
    h("h3", null, t("Process {0}", `p${host.number}`), h("span", { class: "quiet" }, ` pid ${host.pid}`)),
    of("host").map((part) => memoryBlock(anatomy, workers[0], part)),
    threads,
    of("segment").filter((part) => reachOf(anatomy, workers[0].id, part.name) !== "pool").map((part) => memoryBlock(anatomy, workers[0], part)),
    memory ? h("p", { class: "quiet" }, memory) : null);
}

/** A segment that all see lies under all of the processes. */
function sharedSegment(anatomy) {
  const part = memoryParts.find((each) => each.scope === "segment");
  const isShared = anatomy.workers.length > 0 && reachOf(anatomy, anatomy.workers[0].id, part.name) === "pool";
  return isShared ? h("div", { class: "common" }, memoryBlock(anatomy, anatomy.workers[0], part)) : null;
}

function sightLetters(pair) {
  return memoryParts.filter((part) => part.name !== "code")
    .map((part) => ({ seen: part.letter, other_memory: "-", nothing_there: "." })[pair.sees[part.name]] || "?").join("");
}

function sightMatrix(anatomy) {
  const pairs = new Map(anatomy.pairs.map((pair) => [`${pair.writer} ${pair.reader}`, pair]));
  const readers = anatomy.workers.map((reader) => ({
    head: reader.id,
    text: (writer) => (writer.id === reader.id ? t("own") : pairs.has(`${writer.id} ${reader.id}`) ? sightLetters(pairs.get(`${writer.id} ${reader.id}`)) : "–"),
  }));
  return h("div", { class: "sights" },
    table(t("Who sees whose writes"), [{ head: t("writer ↓ reader →"), text: (writer) => writer.id }, ...readers], anatomy.workers),
    h("p", { class: "quiet" }, t("G global, H heap, S stack, T thread-local, M segment: seen. - other memory at that address, . nothing there, ? not known.")));
}

const resources = [
  { name: "code", word: () => t("code") }, { name: "vm", word: () => t("address space") }, { name: "files", word: () => t("descriptor table") },
  { name: "fs", word: () => t("working directory and umask") }, { name: "sighand", word: () => t("signal dispositions") },
  { name: "io", word: () => t("I/O context") }, { name: "sysvsem", word: () => t("undo list of semaphores") },
];

/** Of all pairs that stand so to each other: yes, no, or how many. */
function commonText(anatomy, relation, name) {
  const known = anatomy.pairs.filter((pair) => pair.relation === relation)
    .map((pair) => (name === "code" ? pair.sees.code === "same_file" : pair.same[name])).filter((same) => same !== null && same !== undefined);
  const yes = known.filter(Boolean).length;
  if (known.length === 0) {
    return "–";
  }
  return yes === known.length ? t("yes") : yes === 0 ? t("no") : t("{0} of {1}", yes, known.length);
}

function commonTable(anatomy) {
  return table(t("What two workers have in common"), [
    { head: t("The very same"), text: (each) => each.word() },
    { head: t("in one process"), text: (each) => commonText(anatomy, "cell-mate", each.name) },
    { head: t("in two processes"), text: (each) => commonText(anatomy, "other host", each.name) },
  ], resources);
}

function memoryView(experiment) {
  const anatomy = experiment.anatomy;
  if (!anatomy || anatomy.hosts.length === 0) {
    return null;
  }
  const reaches = new Set(anatomy.workers.flatMap((worker) => memoryParts.filter((part) => mappingOf(worker, part.name)).map((part) => reachOf(anatomy, worker.id, part.name))));
  return view("memory", t("Memory"),
    t("What a pool of {0} is made of, and who sees what is written where. It was measured: one worker wrote, the others looked.", anatomy.shape),
    h("ul", { class: "legend" }, Object.keys(reachWords).filter((reach) => reaches.has(reach)).map((reach) =>
      h("li", { class: "key" }, h("i", { class: `swatch r-${reach}` }), reachWords[reach]()))),
    h("div", { class: "spaces" }, anatomy.hosts.map((host) => hostPicture(anatomy, host))),
    sharedSegment(anatomy),
    anatomy.workers.some((worker) => reachOf(anatomy, worker.id, "stack") === "process")
      ? h("p", { class: "lead" }, t("A stack belongs to one thread by custom only: the others of its process have no business there, and nothing keeps them out.")) : null,
    details(t("What two workers have in common, as a table"), commonTable(anatomy)),
    anatomy.workers.length <= 16 ? details(t("Who sees whose writes, as a table"), sightMatrix(anatomy)) : null);
}
