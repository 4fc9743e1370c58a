// How the table of presets was read: what looks absurd in it, and whether preset, scenario or reality is to
// blame.

export const reading = `## How to read it

`;
