// The migration as it runs: progress, quarantine, proof, sync and log.
import { action, badge, card, figure, h, known, more, number, plural, show as put, span, spark, table, time, unknown } from "./dom.js";
import { get, send } from "./api.js";

export const title = "Migration";
export const admin = true;

const LIVE_MS = 1000;
const SLOW_MS = 10000;
const RATES_KEPT = 120;

export function show(root, ctx) {
  const run = h("div", { id: "run" });
  const quarantine = h("div", { id: "quarantine" });
  const proof = h("div", { id: "proof" });
  const sync = h("div", { id: "sync" });
  const conflicts = h("div", { id: "conflicts" });
  const log = h("div", { id: "log" });
  const rates = [];
  root.append(h("div", { class: "head" }, h("div", null, h("h1", null, "Migration"), h("p", null, "From ATGE's table to btc_trades, while both go on working."))),
    card("Run", run), card("Quarantine", quarantine),
    h("div", { class: "grid" }, h("section", { class: "card w6" }, h("h2", null, "Verification"), proof), h("section", { class: "card w6" }, h("h2", null, "Sync"), sync)),
    card("Conflicts", conflicts), card("Log", log));
  const parts = {
    run: () => ctx.fill(run, signal => latest(signal), state => drawRun(state, rates, ctx, parts)),
    quarantine: () => ctx.fill(quarantine, signal => get("migrations/quarantine?limit=100", signal), page => drawQuarantine(page, ctx, parts)),
    sync: () => ctx.fill(sync, signal => get("sync", signal), state => drawSync(state, ctx, parts)),
    conflicts: () => ctx.fill(conflicts, signal => get("sync/conflicts?limit=50", signal), page => drawConflicts(page, ctx, parts)),
    log: () => ctx.fill(log, signal => get("migrations/log?order=newest&limit=200", signal), answer => drawLog(answer.items)),
    proof: () => ctx.fill(proof, signal => get("migrations/log?order=newest&step=verify&limit=1", signal), answer => drawProof(answer.items[0], ctx, parts)),
  };
  let state = "";
  ctx.every(LIVE_MS, async () => {
    await parts.run();
    const now = run.dataset.state;
    if (now !== state) {
      state = now;
      await Promise.all([parts.quarantine(), parts.log(), parts.sync(), parts.proof()]);
    }
  });
  ctx.every(SLOW_MS, () => Promise.all([parts.sync(), parts.conflicts()]));
}

/** The newest run, or null. The log tells whether there ever was one: asking for a run that is not there would be an error. */
async function latest(signal) {
  const log = await get("migrations/log?limit=1", signal);
  return log.items.length === 0 ? null : get("migrations", signal);
}

function drawRun(state, rates, ctx, parts) {
  document.getElementById("run").dataset.state = state ? state.state + state.runId + state.rowsQuarantined : "none";
  const start = action(state ? "Run again" : "Start the migration", ctx, async () => {
    await send("POST", "migrations", {});
    await parts.run();
    return "The run has begun.";
  });
  if (!state) {
    return [h("p", { class: "empty" }, "Nothing was migrated yet. A dry run, which writes nothing: ", h("code", null, "./quantum-btc migrate")), h("p", { class: "buttons" }, start)];
  }
  const open = ["RUNNING", "PAUSED", "OPEN"].includes(state.state) || (!state.finishedAt && state.alive);
  if (open && known(state.rowsPerSecond)) {
    rates.push(Number(state.rowsPerSecond));
    rates.splice(0, rates.length - RATES_KEPT);
  }
  const took = known(state.finishedAt) ? (Date.parse(state.finishedAt) - Date.parse(state.startedAt)) / 1000 : null;
  const percent = state.candidateRows > 0 ? Math.min(100, 100 * state.rowsDone / state.candidateRows) : null;
  const steer = (word, said) => action(word[0].toUpperCase() + word.slice(1), ctx, async () => {
    await send("POST", "migrations/" + state.runId + "/" + word, {});
    await parts.run();
    return said;
  }, true);
  const bar = h("progress", { max: "100", value: percent ?? 0, "aria-label": "Rows copied" }, (percent ?? 0).toFixed(0) + " %");
  return [
    h("p", null, badge(state.state), " ", h("span", null, state.sourceTable), " · step ", h("strong", null, state.step || "—"), " · " + plural(state.workers, "worker", "workers"),
      state.wanted !== "RUN" ? " · wanted: " + state.wanted : null),
    h("div", { class: "progress" }, bar, h("span", { class: "figure" }, number(state.rowsDone) + " of " + number(state.candidateRows) + " rows" + (percent === null ? "" : ", " + percent.toFixed(1) + " %"))),
    h("dl", { class: "stats" },
      figure("Migrated", number(state.rowsMigrated), "rows of btc_trades"), figure("In quarantine", number(state.rowsQuarantined), plural(state.quarantineOpen, "is open", "are open")),
      open ? figure("Rate", known(state.rowsPerSecond) ? number(state.rowsPerSecond) + " rows/s" : unknown("not measured yet"), spark(rates))
        : figure("Mean rate", took > 0 ? number(state.rowsDone / took) + " rows/s" : unknown(), "over the whole run"),
      open ? figure("Time left", span(state.etaSeconds), state.chunksDone + " of " + plural(state.chunks, "chunk is", "chunks are") + " done") : figure("Took", span(took), plural(state.chunks, "chunk", "chunks")),
      figure("Begun", time(state.startedAt)), figure("Ended", known(state.finishedAt) ? time(state.finishedAt) : open ? h("span", { class: "unknown" }, "under way") : unknown())),
    known(state.throttleReason) ? h("p", { class: "note" }, "Slowed down: " + state.throttleReason) : null,
    known(state.stalledSeconds) ? h("p", { class: "problem" }, "No progress for ", span(state.stalledSeconds), ". docs/what-if.md says what to look at.") : null,
    known(state.failure) ? h("p", { class: "problem" }, state.failure) : null,
    h("p", { class: "buttons" }, ...(open ? [state.wanted === "PAUSE" ? steer("resume", "The run goes on.") : steer("pause", "The run pauses after the chunks under way."),
      steer("cancel", "The run ends after the chunks under way; what was copied stays.")] : [start])),
    h("p", { class: "note" }, "Taking everything back is a command, on purpose: ", h("code", null, "./quantum-btc migrate rollback --confirm ROLLBACK"))];
}

function drawQuarantine(page, ctx, parts) {
  const again = body => action(body.ids ? "Retry" : "Retry all open rows", ctx, async () => {
    const tried = await send("POST", "migrations/quarantine/retry", body);
    await Promise.all([parts.quarantine(), parts.run(), parts.log()]);
    return tried.tried === 0 ? "Nothing was open any more: it was brought over meanwhile." : plural(tried.tried, "row was", "rows were") + " tried: " + tried.migrated + " migrated, " + tried.stillQuarantined + " still in quarantine.";
  }, true);
  const open = page.counts.reduce((sum, count) => sum + count.open, 0);
  if (page.counts.length === 0) {
    return h("p", { class: "empty" }, "No row is in quarantine.");
  }
  return [
    h("p", { class: "note" }, "Rows that cannot become a trade stay in the legacy table, untouched. Repair them there and retry, or accept that they stay: ",
      h("code", null, "./quantum-btc migrate quarantine accept --why TEXT --reason R")),
    h("div", { class: "grid apart" },
      h("div", { class: "w4" }, table("Rows in quarantine by reason", ["Reason", "#Rows", "#Open"], page.counts.map(count => [count.reason, number(count.rows), number(count.open)])),
        open > 0 ? h("p", { class: "buttons" }, again({})) : null),
      h("div", { class: "w8" }, page.rows.length === 0 ? null : table("Rows in quarantine", ["Legacy id", "What", "State", "Original", ""], page.rows.map(row => [h("code", null, row.legacyId), h("span", null, row.detail, h("br"), h("small", null, row.reason)), badge(row.state),
        more("Row", h("pre", null, pretty(row.original))), row.state === "OPEN" || row.state === "QUARANTINED" ? again({ ids: [row.legacyId] }) : ""]))))];
}

function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 1);
  } catch {
    return json;
  }
}

/** @param logged the newest verification of the log; undefined when there was none */
function drawProof(logged, ctx, parts) {
  const place = document.getElementById("proof");
  const verify = action("Verify now", ctx, async () => {
    const report = await send("POST", "migrations/verify", {});
    await parts.log();
    put(place, [drawReport(report), h("p", { class: "buttons" }, verify)]);
    return "Verified: " + report.verdict.replaceAll("_", " ") + ".";
  });
  return [h("p", { class: "note" }, "Compares every row with what the mapping says, by a second statement of the mapping."),
    logged ? h("p", null, badge(logged.migrationStatus), " on ", time(logged.completedAt || logged.startedAt), found(logged.details)) : h("p", { class: "empty" }, "It was not verified yet."),
    h("p", { class: "buttons" }, verify)];
}

/** What the newest verification found, as its log says it. */
function found(details) {
  const counts = JSON.parse(details || "{}");
  return known(counts.missing) ? ": " + ["missing", "extra", "different"].map(word => number(counts[word]) + " " + word).join(", ") : "";
}

function drawReport(report) {
  return h("div", null, h("p", null, badge(report.verdict), " ", number(report.candidates) + " candidates = " + number(report.migrated) + " migrated + " + number(report.quarantined) + " in quarantine"),
    h("p", null, [["missing", report.missing], ["extra", report.extra], ["different", report.different]].map(([word, count]) => number(count) + " " + word).join(", ") + " in " + number(report.segments)
      + " segments, " + number(report.milliseconds / 1000, 1) + " s"),
    table("Rows that differ", ["Id", "What"], report.differences.map(row => [h("code", null, String(row.id)), JSON.stringify(row)]), "No row differs."),
    more(plural(report.checks.length, "check", "checks"), table("Checks", ["", "Check"], report.checks.map(check => [badge(check.ok ? "OK" : "FAILED"), check.sentence]))),
    ...report.notes.map(note => h("p", { class: "note" }, note)));
}

function drawSync(state, ctx, parts) {
  const steer = (word, said) => action(word[0].toUpperCase() + word.slice(1), ctx, async () => {
    await send("POST", "sync/" + word, {});
    await parts.sync();
    return said;
  }, true);
  return [h("p", null, badge(state.state), state.capturing ? " Each change of the legacy table is noted in its writer's own transaction." : " Changes of the legacy table are not noted."),
    h("dl", { class: "stats" }, figure("Lag", known(state.lagSeconds) ? number(state.lagSeconds, 1) + " s" : unknown()), figure("Waiting", number(state.pending), "changes to apply"),
      figure("To carry back", number(state.carryPending), state.carryFailures ? plural(state.carryFailures, "failure", "failures") : "no failure"),
      figure("Not noted", number(state.captureFailures), "writes whose capture failed"),
      figure("Differences", number(state.settledDifferences), ["older than the lag; looked at ", time(state.verifiedAt)])),
    known(state.failure) ? h("p", { class: "problem" }, state.failure) : null,
    h("p", { class: "buttons" }, state.state === "ON" ? steer("pause", "Changes are kept, not applied.") : state.state === "PAUSED" ? steer("resume", "Changes are applied again.") : null)];
}

function drawConflicts(page, ctx, parts) {
  const keep = (row, which) => action("Keep " + (which === "atge" ? "ATGE's" : "Quantum's"), ctx, async () => {
    await send("POST", "sync/conflicts/" + row.id + "/resolve", { keep: which });
    await parts.conflicts();
    return "Conflict " + row.id + " is decided. Both versions stay on record.";
  }, true);
  return table("Trades that both systems changed", ["#No.", "Trade", "Kind", "Both versions", ""], page.rows.map(row => [String(row.id), h("a", { href: "#/trade/" + row.tradeId }, row.tradeId), row.kind,
    more("Show", h("h4", null, "ATGE"), h("pre", null, pretty(row.atge || "gone")), h("h4", null, "Quantum"), h("pre", null, pretty(row.quantum || "gone"))),
    h("span", { class: "buttons" }, keep(row, "quantum"), keep(row, "atge"))]), "None open. A trade that both systems changed would wait here for a decision.");
}

function drawLog(items) {
  return table("The migration log, newest first, at most 200", ["Begun", "Step", "State", "#Migrated", "#Quarantined", "Details"], items.map(item => [time(item.startedAt), item.step, badge(item.migrationStatus),
    known(item.recordsMigrated) ? number(item.recordsMigrated) : "", known(item.recordsQuarantined) ? number(item.recordsQuarantined) : "",
    item.errorMessage || more("Details", h("pre", null, pretty(item.details)))]), "Nothing was logged yet.");
}
