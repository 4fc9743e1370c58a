// The page's only script: unpacks plotly.js, draws the timeline of the seed picked, and rewrites the tables
// beside it. Everything from the result is set as text, never as markup. Bundled by reports/html/script.ts;
// not type-checked.

import { chartSentence, eventNote, eventRows, figureRows } from '../rows.ts';
import { timelineFigure } from './timeline-figure.ts';

const byId = (id) => document.getElementById(id);
const { epoch, seeds } = JSON.parse(byId('data').textContent);
const chart = byId('timeline-chart');
const picker = byId('seed-picker');
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
let printing = false;
let drawn = 0;

const palette = () => {
  const data = { blue: '#0072B2', vermilion: '#D55E00', green: '#009E73', purple: '#CC79A7' };
  const isDark = !printing && (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  return isDark
    ? {
        ...data,
        blue: '#56a8dc',
        ink: '#e8eaed',
        quiet: '#a4abb3',
        grid: '#343a41',
        ground: '#14171a',
        attack: 'rgba(213,94,0,0.13)',
      }
    : {
        ...data,
        ink: '#1d2329',
        quiet: '#59636e',
        grid: '#e1e5e9',
        ground: '#ffffff',
        attack: 'rgba(213,94,0,0.08)',
      };
};

const fill = (table, rows) => {
  table.tBodies[0].replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement('tr');
      row.append(
        ...cells.map((text, index) => {
          const cell = document.createElement(index === 0 ? 'th' : 'td');
          if (index === 0) cell.scope = 'row';
          cell.textContent = text;
          return cell;
        }),
      );
      return row;
    }),
  );
};

const draw = async () => {
  const view = seeds[Number(picker?.value ?? 0)];
  const { data, layout } = timelineFigure(view, epoch, palette());
  chart.setAttribute('aria-label', chartSentence(view, epoch));
  await globalThis.Plotly.react(chart, data, layout, {
    displayModeBar: false,
    responsive: true,
    doubleClick: 'reset',
  });
  drawn += 1;
  chart.dataset.drawn = String(drawn);
  chart.dataset.seed = view.seed;
};

const pick = () => {
  const view = seeds[Number(picker.value)];
  fill(byId('events'), eventRows(view, epoch));
  byId('events-note').textContent = eventNote(view);
  const figures = byId('figures');
  if (figures !== null) fill(figures, figureRows(view, epoch));
  history.replaceState(null, '', `#seed=${encodeURIComponent(view.seed)}`);
  return draw();
};

const unpack = async () => {
  const packed = atob(byId('plotly').textContent.trim());
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const text = await new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')),
  ).text();
  const script = document.createElement('script');
  script.textContent = text;
  document.head.append(script);
};

const step = (by) => {
  picker.value = String((Number(picker.value) + by + seeds.length) % seeds.length);
  return pick();
};

const start = async () => {
  const asked = /^#seed=(.+)$/.exec(location.hash)?.[1];
  const found = asked === undefined ? -1 : seeds.findIndex((view) => view.seed === decodeURIComponent(asked));
  for (const hidden of document.querySelectorAll('[data-needs-script]')) hidden.hidden = false;
  byId('theme').addEventListener('click', () => {
    root.dataset.theme =
      (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark' ? 'light' : 'dark';
    if (globalThis.Plotly) void draw();
  });
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = 'copied';
      } catch {
        getSelection().selectAllChildren(button.previousElementSibling);
      }
    });
  }
  if (chart === null) return;
  await unpack();
  chart.textContent = '';
  if (picker !== null) {
    picker.addEventListener('change', pick);
    byId('seed-before').addEventListener('click', () => step(-1));
    byId('seed-after').addEventListener('click', () => step(1));
  }
  if (found > 0 && picker !== null) {
    picker.value = String(found);
    await pick();
    byId('timeline').scrollIntoView();
  } else {
    await draw();
  }
  dark.addEventListener('change', draw);
  // A dark page prints on white paper: the chart is drawn again in the colours of paper, and back afterwards.
  addEventListener('beforeprint', () => {
    printing = true;
    void draw();
  });
  addEventListener('afterprint', () => {
    printing = false;
    void draw();
  });
};

start().catch((error) => {
  if (chart !== null)
    chart.textContent =
      `The chart could not be drawn (${error.message}). The tables below hold the same figures.`;
});
