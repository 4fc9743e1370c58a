// A receiver and a register of the mocks in a process of their own, which takes each message down in a book
// the moment it says 250: a soak's, started by its load. Prints where they are.

import { appendFileSync } from 'node:fs';
import { startRegisterServer, startSmtpReceiver } from '../../mocks/index.ts';
import type { Reply } from '../../policy/index.ts';
import { isListed, zone } from './dns-clients.ts';

const book = process.argv[2]!;
const ok: Reply = { code: 250, enhanced: '2.0.0', text: 'ok', class: 'accepted' };

const receiver = await startSmtpReceiver({
  name: 'bare.test', starttls: true, xclient: true,
  behaviour: {
    connect: () => null, mail: () => null, recipient: () => null,
    data: (_peer, { content }) => {
      const id = /^X-Soak: (\d+)\r?$/m.exec(content.toString('latin1'))?.[1] ?? '0';
      appendFileSync(book, `${id}\n`);
      return ok;
    },
  },
});
const registers = await startRegisterServer({
  zones: [{
    zone,
    lookup: (address) => ({
      codes: isListed(address) ? ['127.0.0.2'] : [], txt: 'listed', ttlS: 60, failure: 'none' as const,
    }),
  }],
});
process.stdout.write(`${JSON.stringify({ smtp: receiver.port, dns: registers.port })}\n`);
// Who started us closes the pipe when it ends.
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
