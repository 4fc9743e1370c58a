// What stands below the figure of a sweep's frontier once a mark has been clicked: commands to type. Not
// type-checked.

import { marksAt } from '../../trade-off/frontier-figure.ts';

/** Commands of marks that lie on one another, the rest by their numbers. */
const mostCommands = 12;
const place = 'in the table of all points';

/** Of a sweep's frontier: a click on a mark shows the command that repeats it, and those of all under it. */
export const pickerOf = ({ id, data }) => {
  const box = document.getElementById(`${id}-chosen`);
  if (box === null) return undefined;
  const blank = box.firstElementChild;
  const line = ({ command, name, point }) => {
    const row = blank.cloneNode(true);
    row.querySelector('.key').textContent = `Point ${point}, ${name} `;
    row.querySelector('code').textContent = command;
    row.querySelector('button').dataset.copy = command;
    return row;
  };
  const note = (text) => Object.assign(document.createElement('p'), { className: 'note', textContent: text });
  return (point) => {
    const marks = marksAt(data, point);
    const rest = marks.slice(mostCommands).map((mark) => mark.point);
    box.hidden = false;
    box.replaceChildren(
      ...(marks.length > 1 ? [note(`${marks.length} points lie here:`)] : []),
      ...marks.slice(0, mostCommands).map(line),
      ...(rest.length > 0 ? [note(`And ${rest.length} more, ${place}: ${rest.join(', ')}`)] : []),
    );
  };
};
