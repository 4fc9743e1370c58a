// The command that puts a policy to work behind a real mail system: its options, in one place.

import type { Command } from 'commander';
import type { ServeCommandOptions } from '../commands/serve.ts';
import type { Console } from '../console.ts';

/** Adds it to the program; `done` hears the exit code. */
export const addServing = (program: Command, console: Console, done: (exitCode: number) => void): void => {
  const many = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  program
    .command('serve')
    .description('serve a policy to Postfix (policy delegation), with state that outlives a restart; ' +
      'docs/SERVING.md has the lines for main.cf')
    .argument('<policy>', 'default, accept-everything, preset:<name>, or a file that exports a policy')
    .option('--set <name=value>', 'set a number of the policy; may be given again', many, [])
    .option('--listen <place>', 'host:port on loopback, or unix:<path>; may be given again (127.0.0.1:10040)',
      many, [])
    .option('--state <folder>', 'where its state is kept; forgotten in the end if left out')
    .option('--adopt <policy>', 'take over the state of a policy of this name')
    .option('--sync <span>', 'when the state is on the disk: so long after; always: before an answer; never',
      '1s')
    .option('--compact-at <MB>', 'put the logs of the state together when there is so much', '64')
    .option('--on-fault <answer>', 'pass or defer: where the policy fails or the request is none', 'pass')
    .option('--time-out <span>', 'a request that has begun must be whole by then', '30s')
    .option('--connections <number>', 'connections at once', '4000')
    .option('--socket-mode <octal>', 'permissions of a Unix socket', '666')
    .option('--tenant <rule>', "whose a login is: domain, login, or /a pattern whose (group) is the tenant/",
      'domain')
    .option('--receiver <name=domains>', 'what a receiver is called: gmail=gmail.com,google.com', many, [])
    .option('--anonymous <rule>', 'clients that did not log in: pass, client, or account:<name>', 'pass')
    .option('--usual-pool <name>', 'the pool that mail leaves by unless diverted', 'shared')
    .option('--pool <name=target>', 'where mail of a pool goes: transport: or transport:next-hop', many, [])
    .option('--address <pool=address>', 'an outgoing address of a pool; may be given again', many, [])
    .option('--release <command>', 'lets go held messages whose time has come: gets queue ids, one a line')
    .option('--mark [header]', 'put whose it is into each message, for complaints (X-Sharedfate-Account)')
    .option('--log <file>', 'where verdicts go, a line of JSON each; standard output if left out')
    .option('--mail-log <file>', "follow Postfix's log: deliveries, deferrals, bounces")
    .option('--complaints <path>', 'take complaints (ARF) and bounces by mail from a maildir or an mbox file')
    .option('--desk <file>', 'follow a file of lines such as "release a@t1.test" or "suspend a@t1.test"')
    .option('--register <zone@host:port>', 'ask a register about our addresses; may be given again', many, [])
    .option('--register-every <span>', 'how often registers are asked', '10m')
    .option('--put-together <number>', 'put the logs of the state up to this number together, and end')
    .action(async (spec: string, options: ServeCommandOptions) => {
      const { serveCommand } = await import('../commands/serve.ts');
      done(await serveCommand(spec, options, console));
    });
};
