// What does it cost innocent tenants to stop abuse earlier? The default policy's limits, from an eighth to
// eight times what they are, on every scenario of the house. `sharedfate sweep
// scenarios/sweeps/default-policy.ts`

import { sweep } from 'sharedfate/sweep';

export default sweep({
  title: 'The default policy on every scenario',
  scenarios: ['..'],
  policies: [
    'default',
    {
      policy: 'default',
      sobol: {
        points: 16,
        over: {
          messagesPerHour: { from: 12, to: 800, scale: 'log' },
          burst: { from: 8, to: 480, scale: 'log' },
          recipientsPerHour: { from: 20, to: 1_200, scale: 'log' },
          recipientsPerDay: { from: 60, to: 4_000, scale: 'log' },
          firstTimePerDay: { from: 25, to: 1_600, scale: 'log' },
          bounceRatio: { from: '1.25%', to: '80%', scale: 'log' },
          bounceMinimum: { from: 3, to: 200, scale: 'log' },
        },
      },
    },
  ],
  seeds: 5,
});
