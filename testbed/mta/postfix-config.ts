// Postfix's two configuration files for one run: authenticated submission on a port of loopback, serve asked
// about each message, a transport a sending address, and the receivers on ports of loopback.

export interface PostfixSettings {
  /** Private folder with queue, log and configuration. */
  readonly folder: string;
  readonly submissionPort: number;
  readonly loginPort: number;
  readonly policyPort: number;
  /** Loopback addresses to send from, in the order of the world's own. */
  readonly sendFrom: readonly string[];
  /** Port of a receiver by its domain. */
  readonly receivers: ReadonlyMap<string, number>;
  /** Index into `sendFrom` by a tenant's domain. */
  readonly senders: ReadonlyMap<string, number>;
  /** Connections to one receiver at once. */
  readonly connections: number;
  /** Milliseconds, as the plan has them. */
  readonly times: {
    readonly firstRetry: number;
    readonly longestRetry: number;
    readonly scan: number;
    readonly giveUp: number;
  };
}

const wholeSeconds = (milliseconds: number): string => `${Math.max(1, Math.round(milliseconds / 1_000))}s`;

export const mainCf = (settings: PostfixSettings): string => {
  const { folder, loginPort, policyPort, connections, times } = settings;
  const values: Readonly<Record<string, string>> = {
    compatibility_level: '3.6',
    queue_directory: `${folder}/queue`,
    data_directory: `${folder}/data`,
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: `${folder}/log/mail.log`,
    maillog_file_prefixes: folder,
    // Else the clock and what preloads it would not reach the daemons.
    import_environment: 'MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ=UTC LD_PRELOAD SHAREDFATE_CLOCK',
    export_environment: 'TZ=UTC LD_PRELOAD SHAREDFATE_CLOCK',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    myhostname: 'out.platform.test',
    mydestination: '',
    mynetworks: '',
    local_recipient_maps: '',
    alias_maps: '',
    alias_database: '',
    notify_classes: '',
    smtpd_peername_lookup: 'no',
    message_size_limit: '0',
    // Nothing is looked up anywhere: a domain without a line below is thrown away.
    smtp_dns_support_level: 'disabled',
    smtp_tls_security_level: 'none',
    transport_maps: `texthash:${folder}/conf/receivers`,
    sender_dependent_default_transport_maps: `texthash:${folder}/conf/senders`,
    default_transport: 'out0',
    smtpd_sasl_auth_enable: 'yes',
    smtpd_sasl_type: 'dovecot',
    smtpd_sasl_path: `inet:127.0.0.1:${loginPort}`,
    smtpd_relay_restrictions: 'permit_sasl_authenticated, reject',
    // As docs/SERVING.md has them: recipients are gathered, and the message is judged at its end.
    smtpd_recipient_restrictions: `check_policy_service inet:127.0.0.1:${policyPort}, ` +
      'permit_sasl_authenticated, reject',
    smtpd_end_of_data_restrictions: `check_policy_service inet:127.0.0.1:${policyPort}`,
    smtpd_policy_service_default_action: '451 4.3.5 the policy server does not answer',
    smtpd_recipient_limit: '10000',
    smtpd_client_connection_count_limit: '0',
    default_destination_concurrency_limit: String(connections),
    minimal_backoff_time: wholeSeconds(times.firstRetry),
    maximal_backoff_time: wholeSeconds(times.longestRetry),
    queue_run_delay: wholeSeconds(times.scan),
    maximal_queue_lifetime: wholeSeconds(times.giveUp),
    bounce_queue_lifetime: wholeSeconds(times.giveUp),
  };
  return Object.entries(values).map(([name, value]) => `${name} = ${value}\n`).join('');
};

export const masterCf = ({ submissionPort, sendFrom }: PostfixSettings): string => [
  `127.0.0.1:${submissionPort} inet n - n - - smtpd`,
  'pickup unix n - n 60 1 pickup',
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 300 1 qmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'flush unix n - n 1000? 0 flush',
  'proxymap unix - - n - - proxymap',
  ...sendFrom.map((address, index) => `out${index} unix - - n - - smtp -o smtp_bind_address=${address}`),
  'discard unix - - n - - discard',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'showq unix n - n - - showq',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'postlog unix-dgram n - n - 1 postlogd',
  '',
].join('\n');

/** Which port a receiver's mail goes to, by the transport its sender's pool has; all else is thrown away. */
export const receiversMap = ({ receivers }: PostfixSettings): string =>
  [...receivers].map(([domain, port]) => `${domain} :[127.0.0.1]:${port}\n`).join('') + '* discard:\n';

/** Which address a tenant's mail leaves by. */
export const sendersMap = ({ senders }: PostfixSettings): string =>
  [...senders].map(([domain, index]) => `@${domain} out${index}:\n`).join('');
