// Offices behind one address, honest all: what the sections measure that are about mail and not about abuse.

export const officesPlan = (count: number, length: string) => ({
  title: 'Offices behind one address',
  question: 'What does an event cost?',
  length,
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  registers: [
    { name: 'css', preset: 'spamhaus-css' },
    { name: 'psbl', preset: 'psbl' },
    { name: 'barracuda', preset: 'barracuda-brbl' },
  ],
  receivers: [
    { name: 'gmail', preset: 'gmail', share: '50%' },
    { name: 'postfix', preset: 'small-postfix', share: '30%', consults: ['css'] },
    { name: 'postscreen', preset: 'postscreen-strict', share: '20%' },
  ],
  tenants: [
    { name: 'offices', count, pool: 'shared', stream: { kind: 'office', perDay: 40, recipients: 1 } },
  ],
});
