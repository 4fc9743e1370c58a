// Every scenario at a small size, with no policy but the desk's own people.

import { acceptEverything } from '../../policy/index.ts';
import { runsWell } from './scenarios.ts';

runsWell(acceptEverything);
