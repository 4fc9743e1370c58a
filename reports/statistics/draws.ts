// Chance for the bootstrap: a generator with a name for a seed, so that a report made twice from one result
// shows the same intervals. Apart from the simulator's luck, which a report never touches.

/**
 * A source that fills an array with whole numbers from 0 to `below` - 1, `below` at most 2^32.
 * Doty-Humphrey's sfc32 (of PractRand), its state filled from the name by the hash FNV-1a over UTF-16
 * units. The same on every machine: whole numbers of 32 bits and one exact product. An empty seed is an
 * error.
 */
export const drawsOf = (seed: string): ((places: Uint32Array, below: number) => void) => {
  if (seed === '') throw new RangeError('drawsOf: the seed is empty. Name it after what is drawn for.');
  const one = fnv(seed, 0x811c_9dc5);
  const two = fnv(seed, one);
  const state = Int32Array.of(one, two, fnv(seed, two), 1);
  // PractRand discards as many before it hands any out.
  fill(state, new Uint32Array(15), 1);
  return (places, below) => fill(state, places, below);
};

const fill = (state: Int32Array, places: Uint32Array, below: number): void => {
  const step = below / 4_294_967_296;
  let [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
  for (let index = 0; index < places.length; index += 1) {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    // Stored as a whole number, which drops the fraction.
    places[index] = (mixed >>> 0) * step;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
};

const fnv = (text: string, start: number): number => {
  let hash = start;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  return hash;
};
