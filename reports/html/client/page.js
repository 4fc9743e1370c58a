// The page's only script: unpacks data and plotly.js, draws the charts one after the other, those in view
// first, and rewrites what follows a seed picker. Everything from the result is set as text, never as
// markup. Bundled by reports/html/script.ts; not type-checked.

import { chartSentence, dayNote, dayRows, eventNote, eventRows, figureRows } from '../rows.ts';
import { pickerOf } from './chosen-marks.js';
import { figureOf } from './figures.ts';
import { themeOf } from './themes.js';
import { timelineFigure } from './timeline-figure.ts';

const byId = (id) => document.getElementById(id);
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
let printing = false;

const isDark = () => !printing && (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';

/** Every chart of the page, in order: its place, and how to make its figure in the colours of a theme. */
const charts = [];

const draw = async (chart) => {
  const { place, make } = chart;
  const { data, layout } = make(themeOf(isDark()));
  if (!chart.isDrawn) place.textContent = '';
  const isFirst = !chart.isDrawn;
  chart.isDrawn = true;
  await globalThis.Plotly.react(place, data, layout, {
    displayModeBar: false,
    responsive: true,
    doubleClick: 'reset',
  });
  if (isFirst) place.on('plotly_click', ({ points }) => chart.pick?.(points[0].customdata));
  place.dataset.drawn = String(Number(place.dataset.drawn ?? 0) + 1);
};

/** Lets the page answer between two charts. */
const pause = () =>
  new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(null);
  });

const drawAll = async () => {
  const seen = (chart) => {
    const { top, bottom } = chart.place.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  for (let left = charts.slice(); left.length > 0;) {
    const next = left.find(seen) ?? left[0];
    left = left.filter((chart) => chart !== next && !chart.isDrawn);
    if (!next.isDrawn) await draw(next);
    await pause();
  }
  root.dataset.drawn = 'all';
  performance.mark('drawn');
};

const redraw = () => Promise.all(charts.filter((chart) => chart.isDrawn).map(draw));

const unpacked = async (id) => {
  const packed = atob(byId(id).textContent.trim());
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
};

const fill = (table, rows) => {
  table?.tBodies[0].replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement('tr');
      row.append(
        ...cells.map((given, index) => {
          const cell = document.createElement(index === 0 ? 'th' : 'td');
          if (index === 0) cell.scope = 'row';
          cell.className = table.tHead.rows[0].cells[index].className;
          if (typeof given === 'string') cell.textContent = given;
          else {
            const word = document.createElement('span');
            word.className = given.look;
            word.textContent = given.text;
            cell.append(word);
          }
          return cell;
        }),
      );
      return row;
    }),
  );
};

/** The charts and tables of one scenario that follow its seed picker. */
const stage = ({ epoch, seeds }, index) => {
  const box = document.querySelector(`[data-story="${index}"]`);
  if (box === null || seeds.length === 0) return undefined;
  const picker = box.querySelector('select');
  let shown = seeds[0];
  let from;
  const own = [];
  seeds[0].sides.forEach((_, side) => {
    const place = byId(`timeline-${index}-${side}`);
    if (place === null) return;
    const make = (palette) => timelineFigure(shown.sides[side], epoch, palette, from);
    const chart = { place, make, side };
    own.push(chart);
    charts.push(chart);
  });
  const show = async (place, at) => {
    shown = seeds[place];
    from = at;
    if (picker !== null) picker.value = String(place);
    for (const { side, place: where } of own) {
      const view = shown.sides[side];
      if (view === null) continue;
      const key = `${index}-${side}`;
      where.setAttribute('aria-label', chartSentence(view, epoch));
      where.dataset.seed = view.seed;
      fill(byId(`events-${key}`), eventRows(view, epoch));
      byId(`events-note-${key}`).textContent = eventNote(view);
      if (byId(`figures-${key}`) !== null) fill(byId(`figures-${key}`), figureRows(view, epoch));
      if (byId(`days-${key}`) !== null) fill(byId(`days-${key}`), dayRows(view, epoch));
      const note = byId(`days-note-${key}`);
      if (note !== null) note.textContent = dayNote(note.dataset.side, view);
    }
    await Promise.all(own.filter((chart) => chart.isDrawn && shown.sides[chart.side] !== null).map(draw));
  };
  const pick = (place) => {
    history.replaceState(null, '', `#seed=${encodeURIComponent(seeds[place].seed)}`);
    return show(place);
  };
  picker?.addEventListener('change', () => pick(Number(picker.value)));
  for (const button of box.querySelectorAll('[data-step]')) {
    button.addEventListener('click', () =>
      pick((Number(picker.value) + Number(button.dataset.step) + seeds.length) % seeds.length),
    );
  }
  return { box, find: (seed) => seeds.findIndex((one) => one.seed === seed), show };
};

/** `#seed=31`, and `#seed=31&t=20h` for an instant of it: `2d4h30m` or milliseconds. */
const asked = () => {
  const found = new URLSearchParams(location.hash.slice(1));
  const seed = found.get('seed');
  if (seed === null) return undefined;
  const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };
  const text = found.get('t') ?? '';
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([dhms])/g)];
  const at =
    parts.length > 0
      ? parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit], 0)
      : /^\d+$/.test(text)
        ? Number(text)
        : undefined;
  return { seed, at };
};

const follow = async (stages) => {
  const wish = asked();
  if (wish === undefined) return;
  let first = true;
  for (const one of stages) {
    const place = one.find(wish.seed);
    if (place < 0) continue;
    await one.show(place, wish.at);
    if (first) one.box.closest('section').scrollIntoView();
    first = false;
  }
};

const makeButtonsWork = () => {
  for (const hidden of document.querySelectorAll('[data-needs-script]')) hidden.hidden = false;
  byId('theme').addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    void redraw();
  });
  // Buttons that come later are heard as well.
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-copy]');
    if (button === null) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = 'copied';
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
    }
  });
};

const start = async () => {
  makeButtonsWork();
  const data = JSON.parse(await unpacked('data'));
  for (const spec of data.charts) {
    const place = byId(spec.id);
    if (place !== null)
      charts.push({ place, make: (palette) => figureOf(spec, palette), pick: pickerOf(spec) });
  }
  const stages = data.stories.map(stage).filter((one) => one !== undefined);
  await follow(stages);
  addEventListener('hashchange', () => void follow(stages));
  charts.sort((one, two) =>
    one.place.compareDocumentPosition(two.place) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  if (charts.length > 0) {
    const script = document.createElement('script');
    script.textContent = await unpacked('plotly');
    document.head.append(script);
  }
  dark.addEventListener('change', () => void redraw());
  matchMedia('(forced-colors: active)').addEventListener('change', () => void redraw());
  // A dark page prints on white paper: the charts are drawn again in the colours of paper, and back
  // afterwards.
  addEventListener('beforeprint', () => {
    printing = true;
    for (const chart of charts) void draw(chart);
  });
  addEventListener('afterprint', () => {
    printing = false;
    void redraw();
  });
  await drawAll();
};

start().catch((error) => {
  for (const { place, isDrawn } of charts) {
    if (!isDrawn)
      place.textContent =
        `The chart could not be drawn (${error.message}). The tables hold the same ` + `figures.`;
  }
});
