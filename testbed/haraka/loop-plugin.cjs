// A plugin of Haraka, loaded by Haraka alone: lets every account log in, asks the policy at the end of each
// message, sends all mail to receivers on loopback, and tells the simulator what became of each copy.
// SHAREDFATE_LOOP holds, as JSON, the ports and where mail leaves from.

'use strict';

const net = require('node:net');

// Haraka writes a command, and what follows it, in several pieces. The kernel would keep each back until the
// one before is acknowledged, which on loopback takes 40 ms: most of a run.
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...how) {
  this.setNoDelay(true);
  return connect.apply(this, how);
};

const settings = JSON.parse(process.env.SHAREDFATE_LOOP);
/** Messages that may not be tried now; and those that came up meanwhile, each with what lets it go. */
const held = new Set();
const waiting = new Map();
const thrownAway = new Set();
let teller;

exports.register = function () {
  this.inherits('auth/auth_base');
  // Haraka would look for what is due once a second of the real time, which a busy machine holds up.
  this.haraka_require('outbound/queue').temp_fail_queue.shutdown();
  teller = net.connect(settings.loopPort, '127.0.0.1');
  teller.setEncoding('utf8');
  let begun = '';
  teller.on('data', (text) => {
    const lines = (begun + text).split('\n');
    begun = lines.pop();
    for (const line of lines) obey(this, JSON.parse(line));
  });
  // Whoever runs us is gone.
  teller.on('close', () => process.exit(0));
  teller.on('error', () => process.exit(0));
};

const tell = (what) => teller.write(`${JSON.stringify(what)}\n`);

const obey = (plugin, { kind, ids }) => {
  if (kind === 'hold') for (const id of ids) held.add(id);
  else if (kind === 'remove') for (const id of ids) thrownAway.add(id);
  else if (kind === 'retry') plugin.haraka_require('outbound/queue').temp_fail_queue.fire();
  else if (kind === 'flush') {
    const late = ids.filter((id) => !letGo(id));
    if (late.length > 0) return hurry(plugin, late);
  }
  tell({ kind: 'obeyed' });
};

/** Lets go what is held, whether it has come up or will; false where it was not. */
const letGo = (id) => {
  const wasHeld = held.delete(id);
  for (const go of waiting.get(id) ?? []) go();
  waiting.delete(id);
  return wasHeld;
};

/** What is in the queue, by message: one item a receiver. Each is renamed whenever it is deferred. */
const items = new Map();

/** Deferred messages that are due only later are due now. They may be on their way to the queue still. */
const hurry = (plugin, ids) => {
  const { temp_fail_queue: queue } = plugin.haraka_require('outbound/queue');
  const files = new Set(ids.flatMap((id) => [...(items.get(id) ?? [])]).map(({ filename }) => filename));
  const due = queue.queue.filter((timer) => files.has(timer.id));
  if (due.length === 0) return setTimeout(() => hurry(plugin, ids), 10);
  for (const timer of due) {
    queue.queue.splice(queue.queue.indexOf(timer), 1);
    if (timer.cb) timer.cb();
  }
  tell({ kind: 'obeyed' });
};

/** Else it would ask the machine's resolver. */
exports.hook_lookup_rdns = (next) => next(OK, 'localhost');

/** The same for those who connect to it. */
exports.hook_connect = (next, connection) => {
  (connection.client.targetsocket ?? connection.client).setNoDelay(true);
  next();
};

exports.hook_capabilities = (next, connection) => {
  connection.capabilities.push('AUTH PLAIN');
  connection.notes.allowed_auth_methods = ['PLAIN'];
  next();
};

exports.check_plain_passwd = (connection, user, _password, answer) => {
  connection.relaying = true;
  answer(true);
};

/** What Postfix would say of a message on its way in. */
const asked = ({ notes, remote, transaction }, state, recipient) => ({
  request: 'smtpd_access_policy', protocol_state: state, protocol_name: 'ESMTP',
  client_address: remote.ip, sender: transaction.mail_from.address, recipient,
  instance: transaction.uuid, sasl_method: 'PLAIN', sasl_username: notes.auth_user,
});

exports.hook_rcpt = (next, connection, [recipient]) => {
  if (!connection.relaying) return next(DENY, 'log in first');
  ask(asked(connection, 'RCPT', recipient.address), () => next(OK));
};

exports.hook_data_post = (next, connection) => {
  const { transaction } = connection;
  const id = transaction.header.get('Message-ID').trim().replace(/^<|>$/g, '');
  transaction.notes.sharedfate = id;
  const recipients = transaction.rcpt_to;
  ask({
    ...asked(connection, 'END-OF-MESSAGE', recipients.length === 1 ? recipients[0].address : ''),
    queue_id: transaction.uuid, recipient_count: recipients.length, size: transaction.data_bytes,
  }, (action) => {
    const [verb, ...words] = action.split(' ');
    const text = words.join(' ');
    if (verb === 'REJECT') return next(DENY, text);
    if (verb === 'DEFER' || verb === 'DEFER_IF_PERMIT') return next(DENYSOFT, text);
    if (verb === 'HOLD') held.add(id);
    next();
  });
};

const ask = (request, answer) => {
  const socket = net.connect(settings.policyPort, '127.0.0.1');
  socket.setEncoding('utf8');
  let said = '';
  socket.on('data', (text) => {
    said += text;
    const found = /^action=(.*)\n\n/.exec(said);
    if (found === null) return;
    socket.destroy();
    answer(found[1]);
  });
  socket.on('error', () => answer('DEFER 4.3.5 the policy server does not answer'));
  socket.end(`${Object.entries(request).map(([name, value]) => `${name}=${value}\n`).join('')}\n`);
};

const idOf = (hmail) => hmail.todo.notes.sharedfate;

exports.hook_send_email = (next, hmail) => {
  const id = idOf(hmail);
  items.set(id, (items.get(id) ?? new Set()).add(hmail));
  if (thrownAway.has(id)) return hmail.discard();
  if (!held.has(id)) return next();
  waiting.set(id, [...(waiting.get(id) ?? []), next]);
};

exports.hook_get_mx = (next, hmail, domain) => {
  const port = settings.receivers[domain];
  // Nothing is looked up anywhere: what is no receiver's is thrown away.
  if (port === undefined) return hmail.discard();
  const bind = settings.sendFrom[settings.senders[hmail.todo.mail_from.host] ?? 0];
  next(OK, { exchange: '127.0.0.1', port, bind, priority: 0 });
};

const spoken = ({ dsn_smtp_code: code, dsn_smtp_extc: extended, dsn_smtp_response: text }) =>
  code === undefined ? '' : [code, extended, text].filter(Boolean).join(' ');

/** `due`: when it is tried again, in milliseconds since 1970. */
const report = (hmail, fate, recipients, said, due) => {
  for (const recipient of recipients) {
    tell({
      kind: 'status', id: idOf(hmail), due,
      status: { recipient: recipient.address, fate, said: said ?? spoken(recipient), untried: false },
    });
  }
};

exports.hook_delivered = (next, hmail, [, , response, , , , taken]) => {
  report(hmail, 'sent', taken, `250 ${response}`);
  next();
};

exports.hook_deferred = function (next, hmail) {
  // A part that was split off for its deferred recipients is one that has not been seen before.
  items.set(idOf(hmail), (items.get(idOf(hmail)) ?? new Set()).add(hmail));
  next();
  tellOnceQueued(this, hmail);
};

/** Told only when it is in the queue: time may move on as soon as it is told, and its wait begins there. */
const tellOnceQueued = (plugin, hmail) => {
  const { temp_fail_queue: queue } = plugin.haraka_require('outbound/queue');
  const timer = queue.queue.find(({ id }) => id === hmail.filename);
  if (timer === undefined) return void setTimeout(() => tellOnceQueued(plugin, hmail), 2);
  report(hmail, 'deferred', hmail.todo.rcpt_to, undefined, timer.fire_time);
};

/** The sender's own notice is nobody's mail here. */
exports.hook_bounce = (next, hmail) => {
  report(hmail, 'bounced', hmail.todo.rcpt_to);
  next(OK);
};
