// Loaded before the command: has every page end in an error, as where the chart library is damaged.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { writeFileSync } = fs;
fs.writeFileSync = (path, ...rest) => {
  if (String(path).includes('report.html')) throw new RangeError('the page is damaged');
  return writeFileSync(path, ...rest);
};
syncBuiltinESMExports();
