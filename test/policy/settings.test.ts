// What may be set of a policy: defaults, ranges, the ways to write a value, and what is said of a wrong one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  days, defaultPolicy, hours, minutes, type Parameter, policy, type Policy, seconds, SettingMistake,
  tokenBucket, valueText,
} from '../../policy/index.ts';

const rate: Parameter = { default: 100, min: 1, max: 1_000, unit: 'messages/h', help: 'steady rate' };
const wait: Parameter = { default: minutes(30), min: 0, max: days(5), unit: 'span', help: 'longest wait' };

const two = policy('two', {
  rate,
  burst: { default: 5, min: 1, max: 50, unit: 'messages', help: 'at once', whole: true },
  longestWait: { ...wait, unit: 'span' },
  share: { default: 0.1, min: 0, max: 1, unit: 'share', help: 'of all' },
}, (p) => [tokenBucket({ rate: p.rate, burst: p.burst, longestWait: p.longestWait })]);

const valuesOf = ({ settings }: Policy): Record<string, number> =>
  Object.fromEntries(settings!.map(({ name, value }) => [name, value]));

const complaint = (values: Readonly<Record<string, number | string>>): string => {
  try {
    two.withSettings!(values);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(SettingMistake);
    return (error as Error).message;
  }
};

describe('a policy with settings', () => {
  test('has its defaults, in the order they were declared', () => {
    expect(two.settings!.map(({ name }) => name)).toEqual(['rate', 'burst', 'longestWait', 'share']);
    expect(valuesOf(two)).toEqual({ rate: 100, burst: 5, longestWait: 1_800_000, share: 0.1 });
  });

  test('is built anew from what is set, and leaves the first as it was', () => {
    const built: number[] = [];
    const one = policy('one', { rate }, (p) => { built.push(p.rate); return []; });
    const other = one.withSettings!({ rate: 7 });
    expect(built).toEqual([100, 7]);
    expect([valuesOf(one), valuesOf(other)]).toEqual([{ rate: 100 }, { rate: 7 }]);
  });

  test('forgets an earlier setting that a later one does not name', () => {
    const later = two.withSettings!({ rate: 7 }).withSettings!({ burst: 9 });
    expect(valuesOf(later)).toMatchObject({ rate: 100, burst: 9 });
  });

  test('reads spans, shares and plain numbers as people write them', () => {
    const written = { rate: '12.5', burst: '9', longestWait: '90m', share: '2.5%' };
    expect(valuesOf(two.withSettings!(written)))
      .toEqual({ rate: 12.5, burst: 9, longestWait: minutes(90), share: 0.025 });
    const spans = { '1500ms': 1_500, '20s': seconds(20), '24h': hours(24), '2d': days(2), '0': 0 };
    for (const [text, span] of Object.entries(spans)) {
      expect(valuesOf(two.withSettings!({ longestWait: text }))['longestWait']).toBe(span);
    }
  });

  test('a value written as the report writes it is read back the same', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: days(5) }), (span) => {
      expect(valuesOf(two.withSettings!({ longestWait: valueText(span, 'span') }))['longestWait']).toBe(span);
    }));
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (parts) => {
      expect(valuesOf(two.withSettings!({ share: valueText(parts / 10_000, 'share') }))['share'])
        .toBeCloseTo(parts / 10_000, 12);
    }));
  });
});

describe('what cannot be set is refused by name', () => {
  test('a name the policy does not have, with those it has', () => {
    expect(complaint({ rat: 5 }))
      .toBe('policy two has no setting "rat"; it has only rate, burst, longestWait, share.');
    expect(complaint({ constructor: 5 })).toContain('no setting "constructor"');
    expect(complaint({ toString: 1 })).toContain('no setting "toString"');
  });

  const refused: [string, number | string, string][] = [
    ['rate', 0, 'a number from 1 to 1000 (messages/h): steady rate'],
    ['rate', '1e3', 'a number from 1 to 1000'],
    ['rate', 'NaN', 'a number from 1 to 1000'],
    ['rate', NaN, 'a number from 1 to 1000'],
    ['rate', '5m', 'a number from 1 to 1000'],
    ['burst', 2.5, 'a whole number from 1 to 50 (messages): at once'],
    ['longestWait', '6d', 'a span from 0s to 5d, such as 15m or 24h: longest wait'],
    ['longestWait', '90', 'a span from 0s to 5d'],
    ['longestWait', '-5m', 'a span from 0s to 5d'],
    ['longestWait', '5%', 'a span from 0s to 5d'],
    ['share', '101%', 'a share from 0% to 100%: of all'],
    ['share', '', 'a share from 0% to 100%'],
  ];
  for (const [name, value, allowed] of refused) {
    const seen = typeof value === 'number' ? value : `"${value}"`;
    test(`${name} = ${seen}`, () => {
      expect(complaint({ [name]: value })).toContain(`policy two: ${name} is ${seen}; it is ${allowed}`);
    });
  }

  test('a default out of its own range is told when the policy is made', () => {
    expect(() => policy('odd', { rate: { ...rate, default: 0 } }, () => []))
      .toThrow('policy odd: the default of rate, 0, is not in its range, 1 to 1000.');
  });

  test.each<readonly [string, unknown, string]>([
    ['no record', undefined, 'default of rate is undefined; it is a number'],
    ['a number', 5, 'default of rate is undefined; it is a number'],
    ['without an end', { ...rate, max: undefined }, 'max of rate is undefined; it is a number'],
    ['the wrong way round', { ...rate, min: 9, max: 5 }, 'min of rate, 9, is above its max, 5'],
    ['without a unit', { ...rate, unit: undefined }, 'unit of rate is undefined; it is a text'],
  ])('a parameter that is %s is told by policy and name', (_, parameter, message) => {
    expect(() => policy('odd', { rate: parameter as Parameter }, () => []))
      .toThrow(`policy odd: ${message}.`);
  });

  test('a policy without a name, or built by what is no function, is told', () => {
    expect(() => policy('', [])).toThrow('policy("", ...): a policy\'s name is a text, and not empty.');
    expect(() => policy(7 as never, [])).toThrow('policy(7, ...)');
    expect(() => policy('odd', { rate }, 5 as never))
      .toThrow('policy odd: what builds its modules is number; it is a function.');
  });
});

test('every end of every range of the default policy builds', () => {
  for (const { name, min, max } of defaultPolicy.settings!) {
    for (const end of [min, max]) {
      expect(defaultPolicy.withSettings!({ [name]: end }).modules).toHaveLength(7);
    }
  }
});
