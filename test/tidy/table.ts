// The import table of the house as data: which folder may import what. test/tidy.test.ts holds every file
// against it. `policy/` can be copied into a mail system and run only as long as its row stays empty.

/** What files of one folder may import besides one another. */
export interface Row {
  /** Folders it may import values and types from. */
  readonly folders: readonly string[];
  /** Folders it may import types from, and of values only those named here. */
  readonly types: Readonly<Record<string, readonly string[]>>;
  /** Packages by name; `any` is whatever package.json has. */
  readonly packages: readonly string[] | 'any';
  /** Whether it may use what Node brings along. */
  readonly node: boolean;
  /** Whether it must go through another folder's index.ts. */
  readonly indexOnly: boolean;
}

const row = (changes: Partial<Row>): Row =>
  ({ folders: [], types: {}, packages: [], node: true, indexOnly: false, ...changes });

const unitNames = [
  'days', 'hours', 'later', 'milliseconds', 'minutes', 'never', 'seconds', 'valueText', 'zero',
];
/** What describes a result rather than computes one: names and units of metrics, and how a limit is read. */
const resultNames = [
  'metricUnits', 'nearest', 'readGateLimit', 'readDuration', 'readRate', 'readShare', 'resultSchemaVersion',
];

const everyRoom = ['policy', 'laws', 'sim', 'scenarios', 'mocks', 'testbed', 'reports', 'sweep', 'cli'];

export const importTable: Readonly<Record<string, Row>> = {
  policy: row({ node: false }),
  laws: row({ folders: ['policy'], packages: ['fast-check'] }),
  sim: row({ folders: ['policy'], packages: ['seedrandom', 'zod'], node: false }),
  // A user's own scenario names the package; ours may do the same.
  scenarios: row({ folders: ['policy', 'sim'], packages: ['sharedfate'], node: false, indexOnly: true }),
  mocks: row({ types: { policy: [], sim: [] }, packages: ['smtp-server', 'dns-packet', 'nodemailer'] }),
  testbed: row({
    folders: ['policy', 'sim', 'mocks'],
    packages: ['nodemailer', 'dns-packet', '@sinonjs/fake-timers', 'postal-mime', 'tsx'],
  }),
  reports: row({
    types: { policy: unitNames, sim: resultNames },
    packages: ['plotly.js-dist', 'simple-statistics', 'preact', 'preact-render-to-string', 'esbuild'],
  }),
  sweep: row({
    folders: ['policy', 'sim', 'testbed'], types: { reports: [] },
    packages: ['piscina', 'hyparquet-writer', 'bullmq', 'ioredis'],
  }),
  cli: row({ folders: everyRoom, packages: 'any' }),
  test: row({ folders: [...everyRoom, 'bench'], packages: 'any' }),
  bench: row({ folders: everyRoom, packages: 'any' }),
  '.ci': row({}),
};

/** Rooms whose index.ts is their promise to the others. */
export const roomsWithIndex = ['policy', 'laws', 'sim', 'mocks', 'testbed', 'reports'];

/** Columns of a line and lines of a file, as STYLE sets them. */
export const widest = 110;
export const longest = 250;

/** Files that may be long, because they are tables of data. */
export const longFiles: readonly string[] = [];

/** Packages that no import line shows: what in the project shows that they are used. */
export const usedBy: Readonly<Record<string, RegExp>> = {
  typescript: /\btsc\b/,
  'oxlint': /\boxlint\b/,
  'oxlint-tsgolint': /"typeAware": true/,
  tsx: /--import tsx|'tsx/,
  vitest: /\bvitest\b/,
};
