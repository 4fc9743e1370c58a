// What is printed for an error that is nobody's, and how the command ends with it.

import { expect, test } from 'vitest';
import { explain } from '../../cli/faults.ts';

test('memory that ran out is told with what helps, and not as a fault of ours', () => {
  const error = Object.assign(new Error('Worker terminated'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
  expect(explain(error, false)).toMatchObject({ exitCode: 2, text: expect.stringContaining('--jobs 1') });
});
