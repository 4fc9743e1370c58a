// Nothing that a tenant, a receiver or the author of a plan calls himself can become markup, a formula, a
// command or a terminal escape in what we write.

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { judgeGates, renderTerminal, summarise } from '../../../reports/index.ts';
import {
  plainJson, renderAnnotations, renderComparisonCsv, renderComparisonMarkdown, renderJunit, renderRunCsv,
  renderRunMarkdown, runnerText, suiteOfRun, suitesOfComparison,
} from '../../../reports/outputs/index.ts';
import { terminalText } from '../../../reports/outputs/inert.ts';
import { harmlessJson } from '../../../reports/outputs/plain-json.ts';
import { comparisonNaming, hostileText, resultNaming } from './hostile.ts';
import { brokenRows, outsideCode } from './markdown-reading.ts';

const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const judged = (text: string) => {
  const result = resultNaming(text);
  const summary = summarise(result);
  return { result, summary, gates: judgeGates(result, summary) };
};
const suitesFor = (text: string) => {
  const { result, gates } = judged(text);
  return [suiteOfRun(result, gates), ...suitesOfComparison(comparisonNaming(text))];
};
const forAll = (check: (text: string) => void): void =>
  fc.assert(fc.property(hostileText, (text) => void check(text)));

test('JUnit stays well-formed, with as many cases and the same counts', () => {
  const read = (text: string) => {
    const xml = renderJunit(suitesFor(text));
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toMatch(controls);
    expect(xml).not.toContain(']]>');
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
    return JSON.stringify([testsuites['@_tests'], testsuites['@_failures'], testsuites['@_errors'],
      testsuites.testsuite.map((suite: { testcase: unknown[] }) => suite.testcase.length)]);
  };
  const benign = read('offices');
  forAll((text) => expect(read(text)).toBe(benign));
});

test('a CSV keeps its rows and cells, and none of them is a formula', () => {
  const rows = (text: string): string[][] =>
    [renderRunCsv(judged(text).result), renderComparisonCsv(comparisonNaming(text))].flatMap((csv) => {
      expect(csv).not.toMatch(controls);
      return parse(csv);
    });
  const benign = rows('offices').length;
  forAll((text) => {
    const found = rows(text);
    expect(found.length).toBe(benign);
    for (const row of found) {
      if (row.length !== 8) expect(row).toHaveLength(8);
      const texts = row.filter((cell) => !/^-?\d+(\.\d+)?(e-?\d+)?$/.test(cell));
      expect(texts.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    }
  });
});

test('where semicolons part cells, none of them begins with a formula either', () => {
  forAll((text) => {
    for (const line of renderRunCsv(judged(text).result).split('\n')) {
      // A plain number is a number wherever it stands.
      for (const piece of line.split(';')) expect(piece).not.toMatch(/^["\s]*(?!-\d+(?:\.\d+)?,)[=+\-@]/);
    }
  });
});

describe('Markdown', () => {
  const pages = (text: string): string[] => {
    const { result, summary, gates } = judged(text);
    return [renderRunMarkdown(result, summary, gates), renderComparisonMarkdown(comparisonNaming(text))];
  };
  const lines = pages('offices').map((page) => page.split('\n').length);

  test('keeps its lines and the cells of its tables', () => {
    forAll((text) => {
      for (const [index, page] of pages(text).entries()) {
        expect(page).not.toMatch(controls);
        expect(page.split('\n').length).toBe(lines[index]);
        expect(brokenRows(page)).toEqual([]);
      }
    });
  });

  test('has no tag, link, mention or issue number outside code but our own tags', () => {
    forAll((text) => {
      for (const page of pages(text)) {
        const ours = /<\/?(?:details|summary|sub)>|^<!-- sharedfate summary -->$/gm;
        const rest = outsideCode(page).replace(ours, '');
        expect(rest).not.toMatch(/(?<!\\)(?:\\\\)*[<[\]`]/);
        expect(rest).not.toMatch(/@[\w-]|#\d|:\/\/|www\.|\bGH-\d/i);
      }
    });
  });
});

test('an annotation is one line, one command, and keeps to its file and title', () => {
  const count = (text: string): number => {
    const lines = renderAnnotations(suitesFor(text)).trimEnd().split('\n');
    for (const line of lines) {
      expect(line).toMatch(/^::(?:error|warning|notice) (?:file=[^,:]*,)?title=[^,:]*::/);
      expect(line).not.toMatch(controls);
      expect(line.replace(/%25|%3A|%2C/g, '')).not.toContain('%');
    }
    return lines.length;
  };
  const benign = count('offices');
  forAll((text) => expect(count(text)).toBe(benign));
});

test('a terminal is sent no escape, and a runner of GitHub no command', () => {
  forAll((text) => {
    const { result, summary, gates } = judged(text);
    const shown = renderTerminal(result, summary, gates);
    expect(shown).not.toMatch(controls);
    expect(runnerText(shown)).not.toMatch(/^\s*::|##\[/m);
  });
});

test('JSON reads back as what it was, and prints nothing that a terminal or a runner acts on', () => {
  forAll((text) => {
    const json = plainJson({ [text]: [text, { text }] });
    expect(JSON.parse(json)).toEqual({ [text]: [text, { text }] });
    expect(json).not.toMatch(controls);
    expect(json).not.toContain('##[');
    // As the journal's lines go, which are text already.
    expect(harmlessJson(JSON.stringify({ text }))).toBe(plainJson({ text }));
  });
});

test('JSON is not written with a number it cannot hold; the error says where it stands', () => {
  expect(() => plainJson({ seeds: [{ value: 1 }, { value: Number.NaN }] })).toThrow('seeds[1].value is NaN');
  expect(() => plainJson({ a: Number.POSITIVE_INFINITY })).toThrow(RangeError);
});

test('a path on a terminal neither colours it nor turns its writing, whatever it is called', () => {
  const title = '\u001b]0;title\u0007';
  expect(terminalText(`out/${title}\u202e\u001b[31m.ts\n\tnext`, false)).toBe(
    `out/\ufffd]0;title\ufffd\ufffd${'\ufffd'.repeat(5)}.ts\n\tnext`);
  expect(terminalText('\u001b[1mbold\u001b[0m \u001b[2J', true)).toBe('\u001b[1mbold\u001b[0m \ufffd[2J');
  const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/;
  forAll((text) => expect(terminalText(text, false)).not.toMatch(steering));
});
