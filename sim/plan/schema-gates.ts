// A gate as data: what is judged, against what, and who said that it may be missed for a while. Judging is
// the reports' work; a run heeds no gate.

import * as z from 'zod';

export const gateSchema = z.strictObject({
  metric: z.string(),
  statistic: z.enum(['mean', 'p50', 'p95', 'worst']),
  rule: z
    .enum(['atMost', 'atLeast', 'notWorseBy'])
    .describe('notWorseBy is judged against the other side of a comparison, the others on one run alone'),
  limit: z.string().describe("a time, a share or a number, as the metric's unit asks"),
  severity: z.enum(['fail', 'warn']).default('fail'),
  mayLackData: z.boolean().optional().describe('no data is no miss'),
  waiver: z
    .strictObject({
      until: z.iso.date({ error: 'a date such as 2027-01-31' }).describe('its last day, in UTC'),
      because: z.string().trim().min(1, { error: 'the reason, in words' }),
    })
    .optional()
    .describe('a miss does not count up to that day'),
});
