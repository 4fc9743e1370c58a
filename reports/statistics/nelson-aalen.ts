// The Nelson-Aalen cumulative hazard (Nelson 1969, Aalen 1978): how often by now the thing would have
// happened to a run that were put back each time. A straight line says that it comes at a constant rate.

import { riskTable, type Risk, type Survival } from './survival.ts';

export interface HazardStep extends Risk {
  readonly hazard: number;
  /** Aalen's: the root of the sum of ended / atRisk^2. */
  readonly standardError: number;
}

/** In order of time; none where no end was seen (the hazard is then 0). Throws as `riskTable` does. */
export const nelsonAalen = (survival: Survival): readonly HazardStep[] => {
  let hazard = 0;
  let variance = 0;
  return riskTable(survival).map((risk) => {
    hazard += risk.ended / risk.atRisk;
    variance += risk.ended / (risk.atRisk * risk.atRisk);
    return { ...risk, hazard, standardError: Math.sqrt(variance) };
  });
};
