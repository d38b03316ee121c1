// Pictures by uPlot. Each has a name for who cannot see it, and its numbers stand in a table near by.
import { h } from "./dom.js";

const HEIGHT = 260;
const drawn = new Set();

const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

/** Draws again in other colours or another width what is still on the page. */
function keepUp() {
  for (const chart of drawn) {
    if (!chart.place.isConnected) {
      chart.plot.destroy();
      drawn.delete(chart);
    } else {
      chart.draw();
    }
  }
}
document.addEventListener("theme", keepUp);
let resizing;
addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(keepUp, 120); });

/** Times by the 24-hour clock: for each step of the axis what each tick says, and what the first of a year or a day says below. */
const TIMES = [[31536000, "{YYYY}"], [2419200, "{MMM}", "\n{YYYY}"], [86400, "{D} {MMM}", "\n{YYYY}"], [3600, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}"],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}"]].map(step => [...step, ...Array(8 - step.length).fill(null), 1]);

const STAMP = "{D} {MMM} {YYYY} {HH}:{mm}";

function axis(more) {
  return { stroke: colour("dim"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 }, font: "12px system-ui", ...more };
}

/** @param make gives uPlot's options from the colours as they are now */
function place(label, data, make) {
  const box = h("div", { class: "chart", role: "img", "aria-label": label });
  const chart = { place: box, plot: null, draw() {
    chart.plot?.destroy();
    box.replaceChildren();
    const options = make();
    chart.plot = new uPlot({ width: Math.max(240, box.clientWidth), height: HEIGHT, ...options }, data, box);
  } };
  // It needs the width that it has on the page.
  requestAnimationFrame(() => { if (box.isConnected) { chart.draw(); drawn.add(chart); } });
  return box;
}

const seconds = text => Math.floor(Date.parse(text) / 1000);

/**
 * Lines over time.
 * @param series of { name, values, colour, dash, points }; a missing value is a gap
 */
export function lines(label, times, series, format, range) {
  const data = [times.map(seconds), ...series.map(line => line.values.map(value => value ?? null))];
  return place(label, data, () => ({
    legend: { live: true },
    axes: [axis({ values: TIMES }), axis({ size: 64, values: (_, ticks) => ticks.map(tick => format(tick)) })],
    scales: range ? { y: { range } } : {},
    series: [{ value: STAMP }, ...series.map(line => ({ label: line.name, stroke: colour(line.colour), width: 2, dash: line.dash, spanGaps: false,
      points: { show: line.values.length < 30 }, value: (_, value) => value === null ? "—" : format(value) }))],
  }));
}

/** Stated confidence against what came true, in percent; on the diagonal, what is stated is what happens. */
export function calibration(label, bins) {
  const filled = bins.filter(bin => bin.trades > 0);
  const xs = [0, ...filled.map(bin => bin.stated), 100];
  const cameTrue = [null, ...filled.map(bin => bin.cameTrue), null];
  return place(label, [xs, xs, cameTrue], () => ({
    legend: { show: false },
    scales: { x: { time: false, range: [0, 100] }, y: { range: [0, 100] } },
    axes: [axis({ label: "stated %", labelSize: 18 }), axis({ label: "came true %", labelSize: 18, size: 48 })],
    series: [{}, { stroke: colour("dim"), width: 1, dash: [4, 4], points: { show: false } },
      { stroke: colour("accent"), width: 2, points: { show: true, size: 9, fill: colour("accent") } }],
  }));
}

/**
 * Candles with the trade's levels.
 * @param levels of { name, price, colour, dash }
 * @param zone   { low, high }, the entry zone
 * @param marks  of { at, name }, such as when it was generated
 */
export function candles(label, bars, levels, zone, marks) {
  const data = [bars.map(bar => seconds(bar.start)), bars.map(bar => bar.open), bars.map(bar => bar.high), bars.map(bar => bar.low), bars.map(bar => bar.close)];
  const prices = [...bars.map(bar => bar.low), ...bars.map(bar => bar.high), zone.low, zone.high, ...levels.map(level => level.price)];
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  const pad = (highest - lowest) * 0.04 || highest * 0.01;
  const from = Math.min(data[0][0], ...marks.map(mark => seconds(mark.at)));
  const until = Math.max(data[0].at(-1), ...marks.map(mark => seconds(mark.at)));
  const paint = plot => {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    const y = price => plot.valToPos(price, "y", true);
    const x = at => plot.valToPos(at, "x", true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.globalAlpha = 0.18;
    ctx.fillStyle = colour("accent");
    ctx.fillRect(bbox.left, y(zone.high), bbox.width, Math.max(2 * ratio, y(zone.low) - y(zone.high)));
    ctx.globalAlpha = 1;
    const step = data[0].length > 1 ? Math.abs(x(data[0][1]) - x(data[0][0])) : 10 * ratio;
    const body = Math.max(1, Math.min(12 * ratio, step * 0.7));
    bars.forEach((bar, i) => {
      const middle = Math.round(x(data[0][i]));
      ctx.strokeStyle = ctx.fillStyle = bar.close >= bar.open ? colour("gain") : colour("loss");
      ctx.lineWidth = Math.max(1, ratio);
      ctx.beginPath();
      ctx.moveTo(middle, y(bar.high));
      ctx.lineTo(middle, y(bar.low));
      ctx.stroke();
      const top = y(Math.max(bar.open, bar.close));
      const height = Math.max(ratio, y(Math.min(bar.open, bar.close)) - top);
      // A hollow body is a rise: it can be told without the colour.
      if (bar.close >= bar.open && body > 3 * ratio) {
        ctx.clearRect(middle - body / 2, top, body, height);
        ctx.strokeRect(middle - body / 2, top, body, height);
      } else {
        ctx.fillRect(middle - body / 2, top, body, height);
      }
    });
    ctx.font = 11 * ratio + "px system-ui";
    ctx.textAlign = "right";
    for (const level of levels) {
      ctx.strokeStyle = ctx.fillStyle = colour(level.colour);
      ctx.setLineDash(level.dash ? level.dash.map(part => part * ratio) : []);
      ctx.lineWidth = 1.5 * ratio;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y(level.price));
      ctx.lineTo(bbox.left + bbox.width, y(level.price));
      ctx.stroke();
      ctx.fillText(level.name, bbox.left + bbox.width - 4 * ratio, y(level.price) - 4 * ratio);
    }
    ctx.textAlign = "left";
    ctx.setLineDash([2 * ratio, 4 * ratio]);
    for (const mark of marks) {
      ctx.strokeStyle = ctx.fillStyle = colour("dim");
      ctx.beginPath();
      ctx.moveTo(x(seconds(mark.at)), bbox.top);
      ctx.lineTo(x(seconds(mark.at)), bbox.top + bbox.height);
      ctx.stroke();
      ctx.fillText(mark.name, x(seconds(mark.at)) + 4 * ratio, bbox.top + 12 * ratio);
    }
    ctx.restore();
  };
  return place(label, data, () => ({
    height: 340,
    scales: { x: { range: [from, until + (until - from) * 0.02] }, y: { range: [lowest - pad, highest + pad] } },
    axes: [axis({ values: TIMES }), axis({ size: 72, values: (_, ticks) => ticks.map(tick => tick.toLocaleString("en-US")) })],
    series: [{ value: STAMP }, ...["Open", "High", "Low", "Close"].map(name => ({ label: name, paths: () => null, points: { show: false }, stroke: colour("text"),
      value: (_, value) => value === null ? "—" : value.toLocaleString("en-US", { minimumFractionDigits: 2 }) }))],
    hooks: { draw: [paint] },
  }));
}
