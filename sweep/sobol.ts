// Sobol's sequence (1967): points that fill a box evenly whatever their number. Direction numbers are the
// first 21 dimensions of Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections"
// (2008), file new-joe-kuo-6.21201. The points are shifted digit by digit (Owen's name for it: a digital
// shift), since the first one would else be the corner where every limit is lowest.

import { luckOf } from '../sim/index.ts';

/** Dimensions there are direction numbers for. */
export const mostDimensions = 21;

const bits = 32;

/** By dimension from the second: degree, coefficients of the polynomial, and the first direction numbers. */
const directions: readonly (readonly [degree: number, coefficients: number, first: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

/**
 * The first `count` points in a box of sides 0 to 1, each a number below 1 for each dimension. `name` names
 * the shift: the same name gives the same points. Throws a RangeError for dimensions out of 1 to 21.
 */
export const sobolPoints = (count: number, dimensions: number, name: string): readonly number[][] => {
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= mostDimensions))
    throw new RangeError(`sobolPoints: ${dimensions} dimensions; there are 1 to ${mostDimensions}.`);
  const luck = luckOf(name);
  const columns = Array.from({ length: dimensions }, (_, dimension) => {
    const shift = Math.floor(luck.draw(dimension, 0, 0, 0) * 4_294_967_296) >>> 0;
    return columnOf(count, dimension === 0 ? firstNumbers() : numbersOf(directions[dimension - 1]!), shift);
  });
  return Array.from({ length: count }, (_, index) => columns.map((column) => column[index]!));
};

/** The first dimension: the bits of the index in reverse order (van der Corput). */
const firstNumbers = (): Uint32Array => Uint32Array.from({ length: bits }, (_, bit) => 1 << (bits - 1 - bit));

/** Bratley and Fox (1988), Algorithm 659: m_k as v_k, already shifted to the left. */
const numbersOf = ([degree, coefficients, first]: (typeof directions)[number]): Uint32Array => {
  const numbers = new Uint32Array(bits);
  for (let k = 0; k < bits; k += 1) {
    if (k < degree) {
      numbers[k] = first[k]! << (bits - 1 - k);
      continue;
    }
    let value = numbers[k - degree]! ^ (numbers[k - degree]! >>> degree);
    for (let j = 1; j < degree; j += 1)
      if (((coefficients >>> (degree - 1 - j)) & 1) === 1) value ^= numbers[k - j]!;
    numbers[k] = value;
  }
  return numbers;
};

/** One coordinate of each point, in the order of Gray's code (Antonov and Saleev 1979). */
const columnOf = (count: number, numbers: Uint32Array, shift: number): readonly number[] => {
  const column: number[] = [];
  let state = 0;
  for (let index = 0; index < count; index += 1) {
    column.push(((state ^ shift) >>> 0) / 4_294_967_296);
    let bit = 0;
    for (let rest = index; (rest & 1) === 1; rest >>>= 1) bit += 1;
    state ^= numbers[bit]!;
  }
  return column;
};
