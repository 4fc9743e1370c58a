// Replies as they are rendered and as an operator's classifier reads them off the wire: both must say the
// same.

import { describe, expect, test } from 'vitest';
import { receiverPresets } from '../../../../sim/presets/index.ts';
import { classify, type Filling, type Occasion, render, replyFor } from '../../../../sim/world/receivers/replies.ts';

const occasions: Readonly<Record<Occasion, true>> = {
  dnsblReject: true,
  connectionLimit: true,
  rateLimit: true,
  unknownUserRate: true,
  unknownUser: true,
  mailboxFull: true,
};

const filling: Filling = {
  ip: '192.0.2.10',
  host: 'there',
  key: 71,
  zone: 'psbl.rbl.test',
  txt: 'Listed in PSBL, see https://help.example/',
};

describe('the class read off the wire is the class the receiver meant', () => {
  for (const preset of receiverPresets) {
    test(preset.id, () => {
      const read = Object.fromEntries(
        Object.keys(occasions).map((occasion) => {
          const reply = render(replyFor(preset, occasion as Occasion), filling);
          return [occasion, classify(preset, reply.code, reply.enhanced, reply.text)];
        }),
      );
      const meant = Object.fromEntries(
        Object.keys(occasions).map((occasion) => [
          occasion,
          render(replyFor(preset, occasion as Occasion), filling).class,
        ]),
      );
      expect(read).toEqual(meant);
    });
  }
});

test('a rendered reply has no placeholder left, one line, and codes that agree', () => {
  for (const preset of receiverPresets) {
    for (const occasion of Object.keys(occasions) as Occasion[]) {
      const { code, enhanced, text } = render(replyFor(preset, occasion), filling);
      expect(text, preset.id).not.toMatch(/[{}\r\n]/);
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
