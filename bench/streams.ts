// Named streams and luck: what it costs to open 100,000 of them and to draw, against Math.random and against
// seedrandom's own generators, round by round in turn.

import seedrandom from 'seedrandom';
import { luckOf, Streams } from '../sim/index.ts';
import { cpuNs, median, type Row, type Section } from './row.ts';

const many = 100_000;
const drawsEach = 20;
const rounds = 5;

/** Makes `many` sources and returns a function that draws once from each, adding up what came. */
interface Contender {
  readonly name: string;
  readonly open: (round: number) => () => number;
}

const sumOf = (sources: readonly (() => number)[]): (() => number) => () => {
  let sum = 0;
  for (const source of sources) sum += source();
  return sum;
};

const named = (make: (name: string) => () => number) => (round: number): (() => number) =>
  sumOf(Array.from({ length: many }, (_, tenant) => make(`${round} tenant ${tenant} gap`)));

const contenders: readonly Contender[] = [
  {
    name: 'our streams',
    open: (round) => {
      const streams = new Streams(`bench ${round}`);
      const ids = Array.from({ length: many }, (_, tenant) => streams.open('tenant', tenant, 'gap'));
      return () => {
        let sum = 0;
        for (const id of ids) sum += streams.next(id);
        return sum;
      };
    },
  },
  { name: "seedrandom's default (ARC4)", open: named((name) => seedrandom(name)) },
  { name: 'seedrandom.alea', open: named((name) => seedrandom.alea(name)) },
  {
    name: 'Math.random (one, unnamed)',
    open: () => () => {
      let sum = 0;
      for (let count = 0; count < many; count += 1) sum += Math.random();
      return sum;
    },
  },
  {
    name: 'luck of a message',
    open: (round) => {
      const luck = luckOf(`bench ${round}`);
      let message = 0;
      return () => {
        let sum = 0;
        for (let tenant = 0; tenant < many; tenant += 1) sum += luck.draw(tenant, message, 3);
        message += 1;
        return sum;
      };
    },
  },
];

export const run: Section = (print) => {
  const opened = contenders.map((): number[] => []);
  const drawn = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    print(`streams: round ${round + 1} of ${rounds}`);
    contenders.forEach((contender, place) => {
      let draw = (): number => 0;
      opened[place]!.push(cpuNs(() => (draw = contender.open(round))) / many);
      let sum = 0;
      const ns = cpuNs(() => {
        for (let count = 0; count < drawsEach; count += 1) sum += draw();
      });
      const mean = sum / (many * drawsEach);
      if (Math.abs(mean - 0.5) > 0.01) throw new Error(`bench: ${contender.name} has mean ${mean}`);
      drawn[place]!.push(ns / (many * drawsEach));
    });
  }
  const rows = contenders.flatMap((contender, place) => rowsOf(contender, opened[place]!, drawn[place]!));
  return Promise.resolve(rows);
};

const rowsOf = ({ name }: Contender, opened: readonly number[], drawn: readonly number[]): readonly Row[] => {
  const draw: Row = { name: `${name}: a draw, ${many} in turn`, value: median(drawn), unit: 'ns' };
  if (name.startsWith('Math') || name.startsWith('luck')) return [draw];
  return [{ name: `${name}: opening one`, value: median(opened) / 1_000, unit: 'us' }, draw];
};
