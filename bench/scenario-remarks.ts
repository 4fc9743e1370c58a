// One line on each scenario's figures: whether we believe them, and where the model or the story is weak.

export const remarks: Readonly<Record<string, string>> = {
  'any-answer-counts':
    'Yes. The fault costs what the receiver gets of our mail; no policy of ours can help, and none does.',
  'attacker-moves':
    'Yes: bounces give each new mailbox away within the hour or two. Three spare accounts is the most he ' +
    'holds, assumed.',
  'attacker-pauses': 'Yes: what escapes in each visit is small. The desk reopens the account in between.',
  backscatter:
    'Mostly. A third of forged senders do not exist, so the bounce limit finds it. One hit lists for ' +
    'four weeks.',
  'blocked-resolver': 'Yes; nobody is accused, and the policy makes no difference, as it should not.',
  'bounces-ignored':
    'Half. The desk acts in the first round on what it reads in bounces; real desks notice in weeks. In ' +
    'one seed of five our scan takes an issue of an honest newsletter for spam, all of it, and the desk ' +
    'shuts that first, for eleven minutes: a filter that errs errs three thousand times.',
  'clean-list-spammer':
    'Half. Gmail slows the address hard at half spam, the desk reads why, and our scan has named him by ' +
    'then. Where receivers see less than half of it he runs for hours, in many seeds for a day or longer: ' +
    'no number of complaints or scans makes anybody look by itself (MODEL.md, 12).',
  'cold-spare':
    'Yes: with no policy the spare is listed for being new once it is used, for a day, and in four seeds ' +
    'of five the shared one for its traps, for one hour to 22; our limits stop the list before anybody ' +
    'lists us in three of five. In the others a single trap, or moving to the spare, is enough.',
  'compromised-account':
    'Yes: minutes and some dozens of messages, as stalwart#966 tells of limits like these.',
  'dead-name-servers': 'Yes: slower, and nobody is refused.',
  'deliberate-spammer':
    'Mostly: he is found within the hour by his evidence at the desk, with and without a policy; ours ' +
    'adds nothing, for his warm-up is what limits are for. Listed in some seeds only: traps are few on a ' +
    'list that was checked.',
  'drip-spammer':
    'Mostly: a limit on first-time recipients brings down even eight an hour after a day; that is what ' +
    'it is for.',
  'duplicated-list':
    'Yes: a list that asked, mailed twice, annoys some and harms nobody; no rule of ours sees the ' +
    'second copy.',
  'emptied-register':
    'Yes: under our policy little gets out anyway; without one, 22 % more than with the register alive ' +
    '(five seeds), for the other register lists the address too.',
  enron: 'Yes; the senders are real, the receivers invented.',
  'expired-register': 'Yes: naive sites refuse all, and weights or codes that are read save the others.',
  'infected-pc':
    'Yes: it comes in office hours, and who looks at one mailbox shuts the others that look as bad; so ' +
    'the desk ends it within the hour, without a policy too. The office loses its mailboxes until then.',
  'list-the-world': 'Yes: the desk finds out what it is and accuses nobody.',
  'mailing-list-one-provider':
    'Mostly: the provider puts everybody off for an hour, and longer while the list goes on knocking ' +
    '(eight hours in one seed of five); what is put off arrives late, and nothing bounces. In one seed our ' +
    'scan takes an issue of an honest newsletter for spam, and the desk shuts that first.',
  'mixed-platform':
    'Mostly. Nobody but the careless sender is hit, in any of 20 seeds; his mailing of an hour is out ' +
    'before anybody stops it in one of five (in two of the five above, hence 39 h; it is 2 h 52 m over ' +
    '20). Bulk that waits for a listing to end is let go all at once, and no rule on bounces has a say by ' +
    'then.',
  'moved-address':
    'Yes: refused from the first message on, found at the first poll, off two hours after somebody is at ' +
    'work; no policy of ours has a say.',
  'neighbour-range': 'Yes, and the alternative pool is worth its price here.',
  'outdated-script':
    'Yes. In one seed of five the desk first shuts a shop whose customers mistyped three addresses within ' +
    'two days, all in our own traps.',
  'over-limit-pool':
    'Yes: our limit on first-time recipients loses the clubs\' circulars, as any does that knows no ' +
    'contract. It stops the bad list in two seeds of five; the thief is stopped within ten minutes, by his ' +
    'bounces or his burst.',
  'purchased-list':
    'Yes: the bounce limit speaks within two minutes, before nearly all traps, and complaints never.',
  'receiver-upgrade':
    'Yes: our unknown users are above the provider’s new limit in most busy hours, so one message in ' +
    'twenty waits an hour or two for it; nothing is lost, and nobody is at fault. (In one of twenty seeds ' +
    'honest traps list us besides, for three days: the loss in PRESETS.md.)',
  'register-lists-provider':
    'Yes; with no reports behind it the listing keeps to the twelve hours that SpamCop states.',
  'register-quota':
    'Yes: sites that reject refuse all, and a scorer that does not know the code adds its points.',
  'register-refuses':
    'Yes: nobody is refused while it is silent, and the listing is there when it speaks again.',
  'register-upgrade':
    'Yes: mistyped addresses list us with nobody at fault, up to three times in two weeks; the desk asks ' +
    'without a cause to show, is heard within the day, and the next typing error lists us again.',
  'spammer-many-accounts':
    'Yes: limits by account miss it, and the desk, which closes all his mailboxes with the first, is as ' +
    'fast. Faster is what goes by our own scan, even by account (SPOT, UwUmail, Postal in PRESETS.md), ' +
    'or counts failures by tenant (cPanel, Amazon).',
  'spammer-many-tenants': 'Yes: each front alone is slowed, and all together go on for as long as they like.',
  'stale-list':
    'Yes: slowed at once by limits for people, and stopped within the hour, by its bounces in three seeds ' +
    'of five, else by the limit on first-time recipients.',
  'stale-mirror':
    'Yes: the mirror refuses half of the lookups for hours; the desk sees that the listing is gone ' +
    'and asks no more.',
  'unreachable-operator': 'Yes: the listing lasts its thirty days or longer, and nothing we do shortens it.',
};
