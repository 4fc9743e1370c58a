// Lets every account log in: a server for Dovecot's authentication protocol, which Postfix asks. Passwords
// are not looked at, for the platform is a simulated one.

import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/** Read from Dovecot's description of the protocol, version 1.1: one line a command, fields by tabs. */
const greeting = ['VERSION\t1\t1', 'MECH\tPLAIN\tplaintext', 'SPID\t1', 'CUID\t1', 'COOKIE\t00', 'DONE', '']
  .join('\n');

/** Starts on a free port of loopback. */
export const startLoginServer = (): Promise<LoopbackServer> =>
  startLoopbackServer((socket) => {
    socket.setEncoding('utf8');
    socket.write(greeting);
    let begun = '';
    socket.on('data', (text: string) => {
      const lines = (begun + text).split('\n');
      begun = lines.pop()!;
      for (const line of lines) {
        const reply = answer(line);
        if (reply !== undefined) socket.write(`${reply}\n`);
      }
    });
  });

/** `AUTH id PLAIN service=smtp ... resp=BASE64` gets its OK with the name that the response holds. */
export const answer = (line: string): string | undefined => {
  const [command, id, mechanism, ...fields] = line.split('\t');
  if (command !== 'AUTH') return undefined;
  const response = fields.find((field) => field.startsWith('resp='))?.slice('resp='.length);
  if (mechanism !== 'PLAIN' || response === undefined) {
    return `FAIL\t${id}\treason=PLAIN with a response only`;
  }
  const [, user = ''] = Buffer.from(response, 'base64').toString('utf8').split('\0');
  return user === '' || /[\t\n]/.test(user) ? `FAIL\t${id}` : `OK\t${id}\tuser=${user}`;
};
