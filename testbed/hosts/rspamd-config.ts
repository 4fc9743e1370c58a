// The whole configuration that rspamd is started with: rate limits and registers, and nothing that would ask
// the world outside.

import type { RegisterServer, RegisterZone } from '../../mocks/index.ts';
import type { PrivateFolder } from './private-folder.ts';

export interface RspamdSettings {
  readonly burst: number;
  readonly perMinute: number;
  readonly listedScore: number;
  readonly folder: PrivateFolder;
  readonly registers: RegisterServer;
  readonly zones: readonly RegisterZone[];
}

/** The symbol of a register whose zone is that. */
export const symbolOf = (zone: string): string =>
  `LISTED_${zone.replace(/\.rbl\.test$/, '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;

/**
 * The buckets do not widen with good mail: the multipliers that do that are 1. Regular expressions are not
 * compiled in the background, and messages from loopback are not trusted more.
 */
export const rspamdConfig = (settings: RspamdSettings): string => {
  const { burst, perMinute, listedScore, folder, registers, zones } = settings;
  return `
options {
  pidfile = "${folder.file('rspamd.pid')}";
  filters = "";
  url_tld = "${folder.file('suffixes')}";
  cache_file = "${folder.file('symbols.cache')}";
  tempdir = "${folder.path}";
  control_socket = "${folder.file('control')} mode=0600";
  dns { nameserver = ["${registers.host}:${registers.port}"]; timeout = 2s; retransmits = 3; }
  disable_hyperscan = true;
  task_timeout = 30s;
}
logging { type = "console"; level = "error"; }
worker "normal" { bind_socket = "${folder.file('socket')} mode=0666"; count = 1; }
lua = "$RULESDIR/rspamd.lua";
modules { path = "$PLUGINSDIR"; }
actions { reject = 15; add_header = 6; }
redis { servers = "${folder.file('redis')}"; timeout = 10s; }
ratelimit {
  rates { user { bucket { burst = ${burst}; rate = ${perMinute / 60}; } } }
  max_rate_mult = 1; max_bucket_mult = 1;
  ham_factor_rate = 1; spam_factor_rate = 1; ham_factor_burst = 1; spam_factor_burst = 1;
  allow_local = true;
}
rbl {
  default_exclude_users = false;
  rbls {
${zones.map(({ zone }) => `    "${zone}" {
      symbol = "${symbolOf(zone)}"; rbl = "${zone}"; checks = ["from"]; ipv4 = true; ipv6 = true;
      unknown = true; exclude_users = false; exclude_local = false;
    }`).join('\n')}
  }
}
group "registers" {
  symbols {
${zones.map(({ zone }) => `    "${symbolOf(zone)}" { weight = ${listedScore}; }`).join('\n')}
  }
}
`;
};
