// Text from outside (names of tenants, replies, reasons, titles) made harmless for each kind of file it
// goes into. One function a kind; whatever is written by reports/outputs passes through one of them.

import { printable } from '../format.ts';

/**
 * For XML, in text and in quoted attributes alike. Characters that XML 1.0 forbids (section 2.2) become
 * U+FFFD; `]]>` cannot form, since `>` is escaped.
 */
export const xmlText = (text: string): string =>
  printable(text)
    .replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * A text as one cell of a CSV file, quoted where RFC 4180 asks for it. What a spreadsheet would take for
 * a formula (OWASP, "CSV Injection": a cell that begins with = + - @, tab or CR) gets an apostrophe
 * before it, also after a semicolon, which begins a new cell where the comma is the decimal sign. Plain
 * numbers stay numbers.
 */
export const csvCell = (text: string): string => {
  const clean = printable(text).replace(/\p{Cs}/gu, '\ufffd');
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(clean)) return clean;
  const inert = clean.replace(/(^|[;"'])(\s*)(?=[=+\-@＝＋－＠\ufffd])/g, "$1$2'");
  return /[",;']/.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/**
 * A name in Markdown, as code: there GitHub looks for no link, mention, issue number, emoji or markup. A
 * pipe becomes a broken bar, since a table would end the cell at it. Clipped to `most` characters.
 */
export const markdownCode = (text: string, most = 200): string => {
  const clean = clipped(printable(text), most).replaceAll('|', '\u00a6').trim();
  if (clean === '') return '(no name)';
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${clean}${fence}` : `${fence} ${clean} ${fence}`;
};

/**
 * Prose in Markdown, never at the beginning of a line: markup is escaped, and what GitHub turns into a
 * link or a mention after rendering is parted by a space of no width. Clipped to `most` characters.
 */
export const markdownText = (text: string, most = 1_000): string =>
  clipped(printable(text), most)
    .replace(/[\\`*_[\]<>|~$&]/g, '\\$&')
    .replace(/@(?=[\w-])|#(?=\d)|\/(?=\/)|(?<=\bwww)(?=\.)|(?<=\bgh)(?=-\d)/gi, '$&\u200b');

/** The message of a GitHub workflow command (actions/toolkit, packages/core/src/command.ts, escapeData). */
export const annotationText = (text: string, most = 1_000): string =>
  clipped(printable(text), most).replaceAll('%', '%25');

/** A property of a workflow command, such as `title` (the same file, escapeProperty). */
export const annotationProperty = (text: string): string =>
  annotationText(text, 200).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * What we print on GitHub's runners besides annotations: a line that begins with `::`, or holds `##[`,
 * would be taken for a command (actions/runner, src/Runner.Common/ActionCommand.cs). A character of no
 * width parts them.
 */
export const runnerText = (text: string): string =>
  text.replace(/^(\s*:)(?=:)/gm, '$1\u200b').replace(/##(?=\[)/g, '##\u200b');

/**
 * All that we print on a terminal, paths and errors among it, whose names nobody looked at before: control
 * characters other than line breaks and tabs, and those that turn the direction of writing, become U+FFFD.
 * Our own colours stay where there are any.
 */
export const terminalText = (text: string, colours: boolean): string =>
  text.replace(unsafe, (sign) => (colours && sign.length > 1 ? sign : '\ufffd'.repeat(sign.length)));

const unsafe =
  /\u001b\[[\d;]*m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** At most so many characters, the last of them a sign that there were more. */
export const clipped = (text: string, most: number): string => {
  const characters = text.length <= most ? [] : [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
};
