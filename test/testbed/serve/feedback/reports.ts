// Reports as receivers send them: a complaint (RFC 5965), and a bounce that comes by mail (RFC 3464).

export const arf = (original: string, facts = '', type = 'abuse'): string => [
  'From: <feedback@receiver.test>', 'To: <fbl@platform.test>', 'Subject: report', 'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=feedback-report; boundary="b"', '',
  '--b', 'Content-Type: text/plain', '', 'This is an email abuse report.', '',
  '--b', 'Content-Type: message/feedback-report', '', `Feedback-Type: ${type}`, 'Version: 1',
  ...(facts === '' ? [] : [facts]), '',
  '--b', 'Content-Type: message/rfc822', '', original, '', 'Hello', '', '--b--', '',
].join('\r\n');

export const bounceReport = (original: string, to: string, status: string, said: string): string => [
  'From: <mailer-daemon@receiver.test>', 'To: <bounces@platform.test>', 'Subject: undelivered',
  'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '',
  '--b', 'Content-Type: text/plain', '', 'It could not be delivered.', '',
  '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.receiver.test', '',
  `Final-Recipient: rfc822; ${to}`, 'Action: failed', `Status: ${status}`,
  `Diagnostic-Code: smtp; ${said}`, '',
  '--b', 'Content-Type: text/rfc822-headers', '', original, '', '--b--', '',
].join('\r\n');
