"use strict";
// How to repeat it: the command, the seed, the experiment file, and what it ran on.

function repeatView(experiment) {
  const { experiment: facts, campaign } = experiment.report;
  return view("repeat", t("How to repeat it"), null,
    experiment.save_as ? h("p", null, t("Save the experiment file below as {0}, then:", experiment.save_as)) : null,
    experiment.command ? commandLine(experiment.command) : null,
    campaign.results && experiment.report.worst_trial ? [
      h("p", null, t("To look into one trial, and to run it again:")),
      commandLine(`bulkhead show ${quoted(campaign.results)} ${experiment.report.worst_trial.id}`),
      commandLine(`bulkhead replay ${quoted(campaign.results)} ${experiment.report.worst_trial.id}`)] : null,
    definitions([
      [t("Seed"), String(facts.seed)],
      [t("Launch"), facts.launch],
      [t("Shapes"), facts.shapes.join(", ")],
      [t("Workload"), facts.variants.join(", ")],
      [t("The fault strikes"), t("{0}, after {1} to {2} ops, {3}", facts.at, facts.after_ops.low, facts.after_ops.high, t("victim: {0}", facts.victim))],
      [t("Window"), duration(facts.window_ns)],
      [t("Evidence of survival"), t("{0} checked ops after the fault", facts.evidence_ops)],
      [t("Ended"), said(campaign.ended)],
    ]),
    experiment.toml ? details(t("The experiment file"), h("pre", { class: "file", tabindex: "0" }, h("code", null, experiment.toml))) : null,
    (experiment.facts || []).length > 0 ? details(t("Machine and versions"), table(t("Machine and versions"), [
      { head: t("Fact"), text: (fact) => fact.name },
      { head: t("Value"), text: (fact) => fact.value },
    ], experiment.facts)) : null);
}

/** As a shell reads it. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
