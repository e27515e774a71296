"use strict";
// What a lifeline chart shows at one zoom. All of it is drawn anew at each change: a trial has few stamps.

const ticksPerPixel = 1 / 3;

function drawLifelines(chart) {
  const svg = chart.svg;
  svg.selectAll("*").remove();
  const { left, right } = lifelineLayout;
  const clip = "clip-lifelines";
  svg.append("clipPath").attr("id", clip).append("rect").attr("x", left).attr("y", 0)
    .attr("width", chart.width - left - right).attr("height", chart.height);
  const inside = svg.append("g").attr("clip-path", `url(#${clip})`);
  for (const host of chart.model.hosts) {
    host.lives.forEach((life) => drawLife(chart, inside, host, life));
    host.workers.forEach((line) => drawWorker(chart, inside, host, line));
  }
  drawMoments(chart, svg, inside);
  drawNames(chart, svg);
  drawAxis(chart, svg);
}

/** About so many pixels; Hangul and other wide letters take nearly twice as many as Latin ones. */
function textWidth(text) {
  return d3.sum(text, (letter) => (letter.codePointAt(0) >= 0x1100 ? 12 : 7));
}

/** Coordinates far outside of what is seen would overflow in some browsers. */
function at(chart, ns) {
  return Math.max(-20, Math.min(chart.width + 20, chart.x(ns)));
}

function drawLife(chart, inside, host, life) {
  const from = at(chart, life.from);
  const to = at(chart, life.to);
  const lost = !life.inTeardown;
  inside.append("rect").attr("class", `host${lost ? " lost" : ""}${life.restarted ? " restarted" : ""}`)
    .attr("x", from).attr("y", host.y).attr("width", Math.max(0.5, to - from)).attr("height", host.height).attr("rx", 4);
  if (lost) {
    inside.append("line").attr("class", "breach").attr("x1", to).attr("x2", to).attr("y1", host.y).attr("y2", host.y + host.height);
    drawWords(chart, inside, host, life);
  }
  if (life.restarted) {
    drawRestart(chart, inside, host, life);
  }
}

/** How it ended, to the right of it where there is room, else to the left. */
function drawWords(chart, inside, host, life) {
  const next = host.lives.find((each) => each.from > life.from);
  const to = at(chart, life.to);
  const width = textWidth(life.words) + 24;
  const fitsRight = to + width < (next ? at(chart, next.from) : chart.width - lifelineLayout.right);
  const fitsLeft = to - width > Math.max(lifelineLayout.left, at(chart, life.from));
  if (life.words && (fitsRight || (fitsLeft && !next))) {
    const y = host.y + (host.workers.length % 2 === 0 ? host.height / 2 + 4 : host.height - 1);
    inside.append("text").attr("class", "words").attr("x", fitsRight ? to + 12 : to - 12).attr("y", y)
      .attr("text-anchor", fitsRight ? "start" : "end").text(life.words);
  }
}

/** Of a replacement the record has when it was launched and when it worked, and no count of ops. */
function drawRestart(chart, inside, host, life) {
  const ready = life.ready ?? life.to;
  for (const line of host.workers) {
    inside.append("line").attr("class", "unknown").attr("x1", at(chart, life.from)).attr("x2", at(chart, ready)).attr("y1", line.y).attr("y2", line.y);
    inside.append("line").attr("class", "again").attr("x1", at(chart, ready)).attr("x2", at(chart, life.to)).attr("y1", line.y).attr("y2", line.y);
  }
}

function drawWorker(chart, inside, host, line) {
  const working = inside.append("g").attr("class", "line l-intact");
  const group = inside.append("g").attr("class", `line l-${line.worker.outcome || "none"}`);
  const turned = chart.trial.times.fired_ns ?? Infinity;
  for (const stretch of line.stretches) {
    drawStretch(chart, stretch.from < turned ? working : group, line, stretch);
  }
  const end = at(chart, line.end.at);
  if (line.end.how !== "teardown") {
    const size = Math.min(5, line.height / 3);
    group.append("path").attr("class", "death")
      .attr("d", `M${end - size} ${line.y - size}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`);
  }
  if (line.worker.asleep_seen_ns !== null) {
    const asleep = at(chart, line.worker.asleep_seen_ns);
    group.append("path").attr("class", "death").attr("d", `M${asleep - 2} ${line.y - 5}v10m4 0v-10`);
  }
  if (line.worker.relation === "victim") {
    drawStrikes(chart, inside, line);
  }
}

function drawStretch(chart, group, line, stretch) {
  const from = at(chart, stretch.from);
  const to = at(chart, stretch.to);
  const isUnknown = stretch.ops === null;
  group.append("line").attr("class", isUnknown ? "unknown" : "thread").attr("x1", from).attr("x2", to).attr("y1", line.y).attr("y2", line.y);
  if (isUnknown || stretch.ops === 0 || to - from < 0.1) {
    return;
  }
  const spacing = (chart.x(stretch.to) - chart.x(stretch.from)) / stretch.ops;
  const size = Math.min(7, line.height / 2 - 1);
  if (spacing < 1 / ticksPerPixel) {
    const dense = Math.min(1, 0.35 + 0.2 * Math.log10(1 + 3 / spacing));
    group.append("rect").attr("class", "ops").attr("x", from).attr("y", line.y - size).attr("width", Math.max(1, to - from))
      .attr("height", 2 * size).attr("opacity", dense);
    return;
  }
  group.append("path").attr("class", "tick").attr("d", ticks(chart, stretch, spacing, line.y, size));
}

/** Only those in sight: the zoom may leave a few of many thousands. */
function ticks(chart, stretch, spacing, y, size) {
  const start = chart.x(stretch.from);
  const first = Math.max(0, Math.ceil((lifelineLayout.left - start) / spacing - 0.5));
  const last = Math.min(stretch.ops - 1, Math.floor((chart.width - start) / spacing - 0.5));
  let path = "";
  for (let op = first; op <= last; ++op) {
    path += `M${(start + (op + 0.5) * spacing).toFixed(1)} ${y - size}v${2 * size}`;
  }
  return path;
}

/** The fault on the victim's line, and how long it took to be noticed. */
function drawStrikes(chart, inside, line) {
  for (const strike of chart.model.strikes) {
    const fired = at(chart, strike.fired);
    if (strike.seen !== null && strike.seen > strike.fired) {
      inside.append("line").attr("class", "detection").attr("x1", fired).attr("x2", at(chart, strike.seen)).attr("y1", line.y).attr("y2", line.y);
    }
    inside.append("path").attr("class", "bolt").attr("d", `M${fired} ${line.y - 8}l5 8l-5 8l-5 -8z`);
  }
}

function drawMoments(chart, svg, inside) {
  const bottom = chart.height - lifelineLayout.bottom + 4;
  const taken = [-Infinity, -Infinity, -Infinity];
  const labels = svg.append("g").attr("class", "moments");
  for (const moment of momentsOf(chart.trial)) {
    const x = chart.x(moment.at);
    if (x < lifelineLayout.left || x > chart.width - lifelineLayout.right) {
      continue;
    }
    inside.append("line").attr("class", `moment ${moment.look || ""}`).attr("x1", x).attr("x2", x).attr("y1", 44).attr("y2", bottom);
    const width = textWidth(moment.name) + 8;
    const isNearEdge = x + width > chart.width;
    const begins = isNearEdge ? x - width : x;
    const row = taken.findIndex((until) => until < begins);
    if (row < 0) {
      continue;
    }
    taken[row] = begins + width;
    labels.append("text").attr("class", moment.look || "").attr("x", isNearEdge ? x - 3 : x + 3).attr("y", 42 - 13 * row)
      .attr("text-anchor", isNearEdge ? "end" : "start").text(moment.name);
  }
}

function drawNames(chart, svg) {
  const isCrowded = chart.model.hosts.some((host) => host.workers.some((line) => line.height < 12));
  for (const host of chart.model.hosts) {
    if (isCrowded) {
      svg.append("text").attr("class", "name").attr("x", lifelineLayout.left - 6).attr("y", host.y + host.height / 2 + 4).text(`p${host.host.number}`);
      continue;
    }
    for (const line of host.workers) {
      svg.append("text").attr("class", line.worker.relation === "victim" ? "name victim" : "name")
        .attr("x", lifelineLayout.left - 6).attr("y", line.y + 4).text(line.worker.id);
    }
  }
}

/** Time counts from the fault, where there was one. */
function drawAxis(chart, svg) {
  const shifted = chart.x.copy().domain(chart.x.domain().map((ns) => ns - chart.zero));
  const count = Math.max(2, Math.floor((chart.width - lifelineLayout.left) / 110));
  const text = chart.trial.times.fired_ns === null ? duration : signedDuration;
  const inSight = shifted.ticks(count).filter((each) => shifted(each) < chart.width - 30);
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${chart.height - lifelineLayout.bottom + 6})`)
    .call(d3.axisBottom(shifted).tickValues(inSight).tickFormat(text).tickSizeOuter(0));
}
