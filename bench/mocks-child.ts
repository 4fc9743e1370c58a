// A server for bench/mocks.ts, as a program of its own: our register with so many entries, our receiver, or
// smtp-server with nothing around it. Prints its port, and ends when it is killed.

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { startRegisterServer, startSmtpReceiver } from '../mocks/index.ts';
import type { ZoneAnswer } from '../sim/index.ts';

const [what, zone = '', entries = '0'] = process.argv.slice(2);

const registerPort = async (): Promise<number> => {
  const listed: ZoneAnswer = { codes: ['127.0.0.2'], txt: 'listed', ttlS: 2100, failure: 'none' };
  const clean: ZoneAnswer = { codes: [], txt: '', ttlS: 2100, failure: 'none' };
  const book = new Map(Array.from({ length: Number(entries) }, (_, index) =>
    [`198.18.${index >> 8}.${index & 255}`, listed]));
  return (await startRegisterServer({ zones: [{ zone, lookup: (ip) => book.get(ip) ?? clean }] })).port;
};

const receiverPort = async (): Promise<number> => {
  const ok = { code: 250, enhanced: '2.0.0', text: 'ok', class: 'accepted' } as const;
  const behaviour = { connect: () => null, mail: () => null, recipient: () => null, data: () => ok };
  return (await startSmtpReceiver({ name: 'bench.test', behaviour })).port;
};

const barePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false,
      onData: (stream, _session, done) => {
        stream.on('data', () => {});
        stream.on('end', done);
      },
    });
    server.listen(0, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
  });

const port = what === 'register' ? registerPort() : what === 'receiver' ? receiverPort() : barePort();
console.log(await port);
