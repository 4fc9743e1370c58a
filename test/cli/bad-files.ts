// Files that are wrong, one in each way, and a few that are right to hold beside them.

import { exported, smallScenario } from './command.ts';

const policyThat = (body: string): string => `
import { pass, policy } from 'sharedfate/policy';
${body}
`;
const moduleThatThrows = `
const module = {
  name: 'brittle', key: 'tenant', fresh: () => ({}), learn() {},
  decide(state, submission) {
    if (submission.id > 5) throw new TypeError('no such tenant');
    return pass;
  },
};
${exported} policy('brittle', [module]);`;

const moduleThatLeaves = (what: string): string => policyThat(`
const module = {
  name: 'untidy', key: 'tenant', fresh: () => ({}), learn() {},
  decide() {
    ${what};
    return pass;
  },
};
${exported} policy('untidy', [module]);`);

export const badFiles: Readonly<Record<string, string>> = {
  'good.ts': smallScenario(),
  'negative.ts': smallScenario({
    build: "w.at('1h', compromised(w.pick(offices), { how: 'weak-password', rate: '-4/h' }));",
  }),
  'quick.ts': smallScenario({
    build: "w.at('1h', compromised(w.pick(offices), { how: 'weak-password', rate: '1000.1/s' }));",
  }),
  'beside.ts': smallScenario({ change: 'pools: [],' }),
  'misspelt.ts': smallScenario({ change: "warmpu: '1h'," }),
  'register.ts': smallScenario({ build: "w.register('spamhaus-csss');" }),
  'late.ts': smallScenario({
    build: "w.at('2d', compromised(w.pick(offices), { how: 'weak-password', rate: '4/h' }));",
  }),
  'trace.ts': smallScenario({ build: "w.trace('traces/t.csv', { senders: 1, pool: shared });" }),
  'no-trace.ts': smallScenario({ build: "w.trace('traces/u.csv', { senders: 1, pool: shared });" }),
  'traces/t.csv': 'unix_time,sender,recipients\n1798761600,1,2\nyesterday,1,2\n1798761700,1\n',
  'throws.ts': smallScenario({ build: "throw new Error('I am not ready');" }),
  'typo.ts': smallScenario({ build: 'w.tenant(3);' }),
  'syntax.ts': exported + ' scenario({\n  title: ,\n});\n',
  'missing-import.ts': "import { x } from './helper.ts';\nexport default x;\n",
  'missing-name.ts': "import { ofice } from 'sharedfate';\nexport default ofice;\n",
  'nothing.ts': 'export const title = 1;\n',
  'number.ts': exported + ' 7;\n',
  'metric.ts': smallScenario({ change: "gates: [metric('time_to_blok').p95.atMost('4h')]," }),
  'plan.json': '{ "title": "x",, }',
  'good-policy.ts': policyThat(exported + " policy('mine', []);"),
  'bad-policy.ts': policyThat("throw new Error('cannot load the limits');"),
  'plain-policy.ts': policyThat(exported +
    " { name: 'plain', modules: [{ name: 'odd', key: 'mailbox', fresh: () => ({}), decide: () => pass }] };"),
  'no-policy.ts': exported + ' { name: 3 };\n',
  'brittle.ts': policyThat(moduleThatThrows),
  'promise.ts': moduleThatLeaves("void Promise.reject(new Error('too late'))"),
  'timer.ts': moduleThatLeaves("setTimeout(() => { throw new Error('too late'); }, 0)"),
  // With a code such as the system's refusals bear: it is the policy's all the same.
  'connection.ts':
    moduleThatLeaves("void Promise.reject(Object.assign(new Error('too late'), { code: 'EACCES' }))"),
  'notes.txt': 'notes',
  'taken/result.json': '{ "mine": true }',
  'file-not-folder': '',
};
