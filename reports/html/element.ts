// The few building blocks of the page. Preact escapes every text and attribute; nothing from a result is ever
// markup.

import { type ComponentChildren, h, type VNode } from 'preact';
import type { Cell } from './rows.ts';

type Properties = Readonly<Record<string, string | number | boolean | undefined>>;
export type Children = readonly ComponentChildren[];

export const element = (
  tag: string,
  properties: Properties | null,
  ...children: ComponentChildren[]
): VNode => h(tag, properties as Record<string, string>, ...children);

/** A column: its heading, and whether it holds numbers, which stand to the right. */
export interface Column {
  readonly head: string;
  readonly number?: boolean;
}

/** Heads written plainly are text columns; a leading `#` marks numbers. */
export const columns = (...heads: readonly string[]): readonly Column[] =>
  heads.map((head) => (head.startsWith('#') ? { head: head.slice(1), number: true } : { head }));

export interface TableOptions {
  readonly caption: string;
  readonly id?: string;
  /** The caption is for screen readers only, where a heading just above says the same. */
  readonly quiet?: boolean;
}

/**
 * A table whose first cell of each row names the row. It scrolls sideways by itself, reachable by keyboard.
 */
export const table = (heads: readonly Column[], rows: readonly Children[], options: TableOptions): VNode =>
  element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': options.caption },
    element(
      'table',
      { id: options.id },
      element('caption', { class: options.quiet === true ? 'unseen' : undefined }, options.caption),
      element(
        'thead',
        null,
        element(
          'tr',
          null,
          ...heads.map((column) =>
            element(
              'th',
              { scope: 'col', class: column.number === true ? 'number' : undefined },
              column.head,
            ),
          ),
        ),
      ),
      element(
        'tbody',
        null,
        ...rows.map((cells) =>
          element(
            'tr',
            null,
            ...cells.map((cell, index) =>
              index === 0
                ? element('th', { scope: 'row', class: isName(cell) ? 'name' : undefined }, cell)
                : element('td', { class: heads[index]?.number === true ? 'number' : undefined }, cell),
            ),
          ),
        ),
      ),
    ),
  );

/** A short name is not broken at its hyphens. */
const isName = (cell: ComponentChildren): boolean => typeof cell === 'string' && cell.length <= 24;

export const section = (id: string, title: string, lead: string, ...children: ComponentChildren[]): VNode =>
  element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    lead === '' ? null : element('p', { class: 'lead' }, lead),
    ...children,
  );

export const paragraph = (text: ComponentChildren, name = 'note'): VNode =>
  element('p', { class: name }, text);

export const folded = (summary: string, open: boolean, ...children: ComponentChildren[]): VNode =>
  element('details', { open }, element('summary', null, summary), ...children);

/** A cell of a table that the page's script writes anew for another seed. */
export const cellNode = (cell: Cell): ComponentChildren =>
  typeof cell === 'string' ? cell : element('span', { class: cell.look }, cell.text);
