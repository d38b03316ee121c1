// Pictures by uPlot. Each has a name for who cannot see it, and its numbers stand in a table near by.
import { h } from "./dom.js";

const HEIGHT = 280;
const DAY = 86400;
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
const TIMES = [[31536000, "{YYYY}"], [2419200, "{MMM}", "\n{YYYY}"], [DAY, "{D} {MMM}", "\n{YYYY}"], [3600, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}"],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}"]].map(step => [...step, ...Array(8 - step.length).fill(null), 1]);
const STAMP = "{D} {MMM} {YYYY} {HH}:{mm}";
const DAYS = [1, 2, 3, 7, 14, 28, 91, 182, 364, 728].map(days => days * DAY);

function axis(more) {
  return { stroke: colour("dim"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false }, font: "12px system-ui", gap: 6, ...more };
}

/** @param make gives uPlot's options from the colours as they are now, and from the width */
function place(label, data, make) {
  const box = h("div", { class: "chart", role: "img", "aria-label": label });
  const chart = { place: box, plot: null, draw() {
    chart.plot?.destroy();
    box.replaceChildren();
    const width = Math.max(240, box.clientWidth);
    // Where no pointer is, the legend says the newest.
    const newest = plot => { if (!(plot.cursor.left >= 0)) { plot.setLegend({ idx: data[0].length - 1 }); } };
    const options = make(width);
    chart.plot = new uPlot({ width, height: HEIGHT, cursor: { points: { size: 7 } }, ...options,
      hooks: { ...options.hooks, ready: [newest], setCursor: [newest] } }, data, box);
  } };
  // It needs the width that it has on the page.
  requestAnimationFrame(() => { if (box.isConnected) { chart.draw(); drawn.add(chart); } });
  return box;
}

const seconds = text => Math.floor(Date.parse(text) / 1000);

/**
 * Lines over time.
 * @param times  ISO 8601: instants, or UTC days
 * @param series of { name, values, colour, dash, stepped }; a missing value is a gap
 * @param range  lowest and highest of the axis; absent, what the values have
 */
export function lines(label, times, series, format, range) {
  const daily = times[0].length === 10;
  const data = [times.map(seconds), ...series.map(line => line.values.map(value => value ?? null))];
  return place(label, data, width => ({
    tzDate: at => daily ? uPlot.tzDate(new Date(at * 1000), "Etc/UTC") : new Date(at * 1000),
    axes: [axis({ values: TIMES, space: width < 500 ? 56 : 72, ...(daily ? { incrs: DAYS } : {}) }),
      axis({ size: 60, values: (_, ticks) => ticks.map(tick => format(tick)) })],
    scales: range ? { y: { range } } : {},
    series: [{ value: daily ? "{D} {MMM} {YYYY}" : STAMP, label: daily ? "Day" : "Time" }, ...series.map(line => ({ label: line.name, stroke: colour(line.colour), width: 2, dash: line.dash, spanGaps: false,
      paths: line.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined, points: { show: !line.dash && line.values.length < 30, size: 5 },
      value: (_, value) => value === null ? "—" : format(value) }))],
  }));
}

/** Stated confidence against what came true, in percent; on the diagonal, what is stated is what happens. */
export function calibration(label, bins) {
  const filled = bins.filter(bin => bin.trades > 0);
  const xs = [0, ...filled.map(bin => bin.stated), 100];
  const cameTrue = [null, ...filled.map(bin => bin.cameTrue), null];
  return place(label, [xs, xs, cameTrue], () => ({
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, 100] }, y: { range: [0, 100] } },
    axes: [axis({ label: "stated, %", labelSize: 16, size: 34, labelFont: "12px system-ui", space: 44 }), axis({ label: "came true, %", labelSize: 16, size: 40, labelFont: "12px system-ui" })],
    series: [{}, { stroke: colour("dim"), width: 1, dash: [4, 4], points: { show: false } },
      { stroke: colour("accent"), width: 2, points: { show: true, size: 9, fill: colour("accent") } }],
  }));
}

/** Names of levels at the right, apart from each other where the prices are not. */
function spread(levels, y, least) {
  const sorted = levels.map(level => ({ ...level, at: y(level.price) })).sort((a, b) => a.at - b.at);
  sorted.forEach((level, i) => { level.text = i === 0 ? level.at : Math.max(level.at, sorted[i - 1].text + least); });
  return sorted;
}

/**
 * Candles with the trade's levels.
 * @param levels of { name, price, colour, dash }
 * @param zone   { low, high }, the entry zone
 * @param marks  of { at, name }, such as when it was generated
 * @param judged of { at, price }, the hours in which it was judged
 */
export function candles(label, bars, levels, zone, marks, judged) {
  const data = [bars.map(bar => seconds(bar.start)), bars.map(bar => bar.open), bars.map(bar => bar.high), bars.map(bar => bar.low), bars.map(bar => bar.close)];
  const prices = [...bars.map(bar => bar.low), ...bars.map(bar => bar.high), zone.low, zone.high, ...levels.map(level => level.price)];
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  const pad = (highest - lowest) * 0.05 || highest * 0.01;
  const from = Math.min(data[0][0], ...marks.map(mark => seconds(mark.at)));
  const until = Math.max(data[0].at(-1), ...marks.map(mark => seconds(mark.at)));
  const dollars = value => value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const paint = plot => {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    const y = price => plot.valToPos(price, "y", true);
    const x = at => plot.valToPos(at, "x", true);
    const right = bbox.left + bbox.width;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.globalAlpha = 0.2;
    ctx.fillStyle = colour("accent");
    ctx.fillRect(bbox.left, y(zone.high) - ratio, bbox.width, Math.max(3 * ratio, y(zone.low) - y(zone.high)));
    ctx.globalAlpha = 1;
    for (const level of levels) {
      ctx.strokeStyle = colour(level.colour);
      ctx.setLineDash(level.dash ? level.dash.map(part => part * ratio) : []);
      ctx.lineWidth = 1.5 * ratio;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y(level.price));
      ctx.lineTo(right, y(level.price));
      ctx.stroke();
    }
    ctx.setLineDash([]);
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
        ctx.fillStyle = colour("card");
        ctx.fillRect(middle - body / 2, top, body, height);
        ctx.strokeRect(middle - body / 2, top, body, height);
      } else {
        ctx.fillRect(middle - body / 2, top, body, height);
      }
    });
    ctx.fillStyle = colour("calm");
    ctx.strokeStyle = colour("card");
    ctx.lineWidth = 1.5 * ratio;
    for (const hour of judged) {
      ctx.beginPath();
      ctx.arc(x(seconds(hour.at)), y(hour.price), 4.5 * ratio, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
    ctx.font = 12 * ratio + "px system-ui";
    ctx.setLineDash([2 * ratio, 4 * ratio]);
    ctx.lineWidth = ratio;
    for (const mark of marks) {
      ctx.strokeStyle = ctx.fillStyle = colour("dim");
      ctx.beginPath();
      ctx.moveTo(x(seconds(mark.at)), bbox.top);
      ctx.lineTo(x(seconds(mark.at)), bbox.top + bbox.height);
      ctx.stroke();
      const room = right - x(seconds(mark.at)) > ctx.measureText(mark.name).width + 10 * ratio;
      ctx.textAlign = room ? "left" : "right";
      ctx.fillText(mark.name, x(seconds(mark.at)) + (room ? 5 : -5) * ratio, bbox.top + bbox.height - 8 * ratio);
    }
    ctx.restore();
    ctx.save();
    ctx.font = "600 " + 12 * ratio + "px system-ui";
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    for (const level of spread([...levels, { name: "Entry", price: (zone.low + zone.high) / 2, colour: "accent" }], y, 15 * ratio)) {
      ctx.fillStyle = colour(level.colour);
      ctx.fillText(level.name, right + 6 * ratio, level.text);
    }
    ctx.restore();
  };
  return place(label, data, width => ({
    height: width < 500 ? 320 : 420,
    padding: [10, 62, 0, 0],
    scales: { x: { range: [from, until + (until - from) * 0.02] }, y: { range: [lowest - pad, highest + pad] } },
    axes: [axis({ values: TIMES, space: width < 500 ? 56 : 72 }), axis({ size: 66, values: (_, ticks) => ticks.map(tick => "$" + tick.toLocaleString("en-US")) })],
    series: [{ value: STAMP }, ...["Open", "High", "Low", "Close"].map(name => ({ label: name, paths: () => null, points: { show: false }, stroke: colour("dim"),
      value: (_, value) => value === null ? "—" : "$" + dollars(value) }))],
    hooks: { draw: [paint] },
  }));
}
