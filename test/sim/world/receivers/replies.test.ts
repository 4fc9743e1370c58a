// Replies as they are rendered and as an operator's classifier reads them off the wire: both must say the
// same.

import { describe, expect, test } from 'vitest';
import { receiverPresets } from '../../../../sim/presets/index.ts';
import {
  classify, type Filling, markOf, occasions, render, replyById, replyFor,
} from '../../../../sim/world/receivers/replies.ts';

const filling: Filling = {
  ip: '192.0.2.10',
  host: 'there',
  key: 71,
  zone: 'psbl.rbl.test',
  txt: 'Listed in PSBL, see https://help.example/',
  mark: '1',
};

describe('the class read off the wire is the class the receiver meant', () => {
  for (const preset of receiverPresets) {
    test(preset.id, () => {
      const read = Object.fromEntries(
        occasions.map((occasion) => {
          const reply = render(replyFor(preset, occasion), filling);
          return [occasion, classify(preset, reply.code, reply.enhanced, reply.text)];
        }),
      );
      const meant = Object.fromEntries(
        occasions.map((occasion) => [
          occasion,
          render(replyFor(preset, occasion), filling).class,
        ]),
      );
      expect(read).toEqual(meant);
    });
  }
});

describe('every reply of a preset is read off the wire as what it is', () => {
  for (const preset of receiverPresets) {
    test(preset.id, () => {
      for (const id of preset.replies) {
        const reply = render(replyById(id), filling);
        expect(classify(preset, reply.code, reply.enhanced, reply.text), id).toBe(reply.class);
      }
    });
  }
});

test('GMX says in several lines that an address is on its list', () => {
  expect(render(replyById('gmx-554-bl'), filling).text.split('\n')).toHaveLength(4);
});

test('Comcast tells by a mask which list it was, and none for its own', () => {
  const comcast = receiverPresets.find((preset) => preset.id === 'comcast')!;
  const said = (registerId: string | null) =>
    render(replyById('comcast-554-bl'), { ...filling, mark: markOf(comcast, registerId) }).text;
  expect(said('spamhaus-css')).toContain('BL000001');
  expect(said('cloudmark-csi')).toContain('BL000002');
  expect(said('validity-rpbl')).toContain('BL000004');
  expect(said(null)).toContain('BL000000');
});

test('a rendered reply has no placeholder left, and codes that agree', () => {
  for (const preset of receiverPresets) {
    for (const occasion of occasions) {
      const { code, enhanced, text } = render(replyFor(preset, occasion), filling);
      expect(text, preset.id).not.toMatch(/[{}\r]/);
      expect(code).toBeGreaterThanOrEqual(400);
      expect(code).toBeLessThan(600);
      if (enhanced !== '') expect(enhanced[0], `${preset.id} ${occasion}`).toBe(String(code)[0]);
    }
  }
});

test('what no receiver of ours would say is read by its enhanced code, then by its first digit', () => {
  const gmail = receiverPresets.find((preset) => preset.id === 'gmail')!;
  expect(classify(gmail, 250, '2.0.0', 'ok')).toBe('accepted');
  expect(classify(gmail, 550, '5.1.2', 'no such host')).toBe('unknownUser');
  expect(classify(gmail, 552, '5.2.2', 'too much')).toBe('mailboxFull');
  expect(classify(gmail, 450, '4.9.9', 'later')).toBe('transient');
  expect(classify(gmail, 599, '', 'never')).toBe('policy');
});
