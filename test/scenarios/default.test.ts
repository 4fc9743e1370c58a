// Every scenario at a small size, with the policy we would deploy.

import { defaultPolicy } from '../../policy/index.ts';
import { runsWell } from './scenarios.ts';

runsWell(defaultPolicy);
