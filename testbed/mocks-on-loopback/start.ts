// Starts a scenario's receivers and registers as servers of their own on loopback, for real mail servers and
// DNS clients to talk to, and a control endpoint by which the world behind them is moved.

import { setInterval } from 'node:timers';
import {
  cannotListen, demandLoopback, startRegisterServer, startSmtpReceiver,
} from '../../mocks/index.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { verbs } from './by-hand.ts';
import { startControl } from './control.ts';
import { behaviourOf, newTally } from './conversation.ts';
import { LiveWorld, type LiveWorldOptions } from './live-world.ts';
import { type LiveReceiver, stateOf } from './state.ts';
import { type Recipients, Strangers } from './strangers.ts';
import { liveZone, zoneOf } from './zones.ts';

export interface MocksOptions extends LiveWorldOptions {
  /** The plan as it was written. */
  readonly input: PlanInput;
  /** What recipients are like that no rule tells of. */
  readonly recipients: Recipients;
  /** Seconds of the world in a real second; 0 lets the clock stand still. */
  readonly speed: number;
  /** A literal loopback address. */
  readonly host?: string;
  /**
   * The registers' port, the next one the control's, those after it the receivers' in the order of the plan;
   * left out, all are free ones of the system's choice.
   */
  readonly portBase?: number;
  /** Hears of what goes wrong behind the servers; they live on. */
  readonly onError: (error: unknown) => void;
}

export interface Mocks {
  readonly host: string;
  readonly control: string;
  /** One port for all registers, UDP and TCP. */
  readonly dnsPort: number;
  readonly registers: readonly { readonly name: string; readonly preset: string; readonly zone: string }[];
  readonly receivers: readonly { readonly name: string; readonly preset: string; readonly port: number }[];
  /** Frees all ports; resolves when they are free. */
  close(): Promise<void>;
}

const tickMs = 100;

interface Closable {
  close(): Promise<void>;
}

/**
 * Rejects with a MockServerError where a port cannot be had or the host is not loopback; nothing is left
 * running then.
 */
export const startMocks = async (options: MocksOptions): Promise<Mocks> => {
  const { host = '127.0.0.1', portBase, onError, speed } = options;
  demandLoopback('mocks', host);
  const port = (place: number): number => (portBase === undefined ? 0 : portBase + place);
  const live = new LiveWorld(options);
  const { world } = live;
  const strangers = new Strangers(world, options.recipients);
  const zones = world.registers.map(liveZone);
  const opened: Closable[] = [];
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    live.stop();
    await Promise.all(opened.map((one) => one.close()));
  };
  const open = async <Server extends Closable>(starting: Promise<Server>): Promise<Server> => {
    const server = await starting;
    opened.push(server);
    return server;
  };
  try {
    const dns = await open(startRegisterServer({
      host, port: port(0), onError, zones: zones.map((zone) => zoneOf(live, zone)),
    }));
    const receivers: LiveReceiver[] = [];
    const state = (): object => stateOf(live, zones, receivers);
    const control = await open(startControl(host, port(1), {
      state, onError, verbs: Object.keys(verbs),
      carryOut: (verb, fields) => verbs[verb]!({ live, zones, input: options.input }, fields),
    }).catch((error: NodeJS.ErrnoException) => {
      throw cannotListen('control', host, port(1), error);
    }));
    for (const [place, receiver] of world.receivers.entries()) {
      const tally = newTally();
      const server = await open(startSmtpReceiver({
        name: `${receiver.name}.test`, host, port: port(2 + place), starttls: true, xclient: true, onError,
        behaviour: behaviourOf(live, receiver, strangers, tally),
      }));
      receivers.push({ receiver, server, tally });
    }
    if (speed > 0) opened.push(follow(live, speed, onError));
    return {
      host, dnsPort: dns.port,
      control: `http://${host.includes(':') ? `[${host}]` : host}:${control.port}`,
      registers: zones.map(({ name: zone, register: { name, preset } }) =>
        ({ name, preset: preset.id, zone })),
      receivers: receivers.map(({ receiver: { name, preset }, server }) =>
        ({ name, preset: preset.id, port: server.port })),
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Has the clock of the world follow the real one until the scenario ends. */
const follow = (live: LiveWorld, speed: number, onError: (error: unknown) => void): Closable => {
  let moving: Promise<void> | null = null;
  const timer = setInterval(() => {
    const to = Math.min(live.world.plan.length, Math.floor(live.now + tickMs * speed));
    if (moving !== null || to <= live.now) return;
    moving = live.moveTo(to).catch(onError).finally(() => {
      moving = null;
    });
  }, tickMs);
  return {
    close: async () => {
      clearInterval(timer);
      await moving;
    },
  };
};
