// The two themes' colours. Bundled with the page's script; not type-checked.

const data = { blue: '#0072B2', vermilion: '#D55E00', green: '#009E73', purple: '#CC79A7' };

const light = {
  ...data,
  ink: '#1d2329',
  quiet: '#59636e',
  grid: '#e1e5e9',
  ground: '#ffffff',
  attack: 'rgba(213,94,0,0.08)',
};

const night = {
  ...data,
  blue: '#56a8dc',
  ink: '#e8eaed',
  quiet: '#a4abb3',
  grid: '#343a41',
  ground: '#14171a',
  attack: 'rgba(213,94,0,0.13)',
};

export const themeOf = (isDark) => (isDark ? night : light);
