"use strict";
// Claims: what is said of processes and threads, what was measured, and where it stops being true.

function claimRows(rows) {
  return rows.length === 0 ? h("p", { class: "quiet" }, t("not measured here")) : h("ul", { class: "verdicts" }, rows.map((row) => {
    const experiment = island.experiments[row.experiment];
    return h("li", null, row.verdict ? verdictMark(row.verdict) : h("span", { class: "quiet" }, t("not judged")), h("div", null,
      row.figure ? h("p", { class: "expectation" }, row.figure) : null,
      row.reason ? h("p", { class: "quiet" }, row.reason) : null,
      experiment && !isSingle() ? h("p", { class: "quiet" }, h("a", { href: fragmentOf(experiment, "experiment") }, experiment.report.experiment.name)) : null));
  }));
}

function claimsView() {
  const claims = (island.claims || []).filter((claim) => claim.rows.length > 0);
  if (claims.length === 0) {
    return null;
  }
  return view("claims", t("Claims"),
    t("What is commonly said, what was measured of it, and where it stops being true."),
    h("div", { class: "claims" }, claims.map((claim) => h("article", { class: "claim", id: `claim-${claim.id}` },
      h("h3", null, h("span", { class: "claim-id" }, claim.id), " ", claim.says),
      h("div", { class: "sides" },
        h("div", null, h("h4", null, t("Measured")), claimRows(claim.rows.filter((row) => !row.boundary))),
        h("div", null, h("h4", null, t("Where it ends")), h("p", null, claim.boundary), claimRows(claim.rows.filter((row) => row.boundary))))))));
}
