// One line on each scenario's figures: whether we believe them, and where the model or the story is weak.

export const remarks: Readonly<Record<string, string>> = {
  'any-answer-counts':
    'Yes. The fault costs what the receiver gets of our mail; no policy of ours can help, and none does.',
  'attacker-moves':
    'Yes: bounces give each new mailbox away within the hour. Three spare accounts is the most he holds, ' +
    'assumed.',
  'attacker-pauses': 'Yes: what escapes in each visit is small. The desk reopens the account in between.',
  backscatter:
    'Mostly. A third of forged senders do not exist, so the bounce limit finds it. One hit lists for ' +
    'four weeks.',
  'blocked-resolver': 'Yes; nobody is accused, and the policy makes no difference, as it should not.',
  'bounces-ignored':
    'Half. The desk acts in the first round on what it reads in bounces; real desks notice in weeks.',
  'clean-list-spammer':
    'Half. The desk stops it on our own content scan, which sees 70 %; a spammer would evade it. The ' +
    'policy adds nothing.',
  'cold-spare':
    'Yes for the route; the listing is common and its length a matter of the register met. The policy ' +
    'diverts first.',
  'compromised-account':
    'Yes: minutes and some dozens of messages, as stalwart#966 tells of limits like these.',
  'dead-name-servers':
    'Yes: slower, and nobody is refused.',
  'deliberate-spammer':
    'Mostly: he is found within the hour by his evidence at the desk, with and without a policy; ours ' +
    'adds nothing, for his warm-up is what limits are for.',
  'drip-spammer':
    'Mostly: a limit on first-time recipients brings down even eight an hour after a day; that is what ' +
    'it is for.',
  'duplicated-list':
    'Yes: a list that asked, mailed twice, annoys some and harms nobody; no rule of ours sees the ' +
    'second copy.',
  'emptied-register':
    'Yes: under our policy little gets out anyway; without one, 40 % more than with the register alive.',
  enron: 'Yes; the senders are real, the receivers invented.',
  'expired-register': 'Yes: naive sites refuse all, and weights or codes that are read save the others.',
  'infected-pc':
    'Yes. Nights off and many hands make it slower than a thief; the office itself loses its mailboxes.',
  'list-the-world': 'Yes: the desk finds out what it is and accuses nobody.',
  'mailing-list-one-provider': 'Mostly; the provider slows everybody down for days, as it says it does.',
  'mixed-platform':
    'Half. Bulk that waits for a listing to end is let go all at once, and no rule on bounces has a ' +
    'say by then.',
  'moved-address':
    'Yes: refused from the first message on, found at the first poll, off two hours after somebody is at work; ' +
    'no policy of ours has a say.',
  'neighbour-range': 'Yes, and the alternative pool is worth its price here.',
  'outdated-script': 'Yes; the rest of the listed time is honest traps of 160 shops.',
  'over-limit-pool':
    'Yes: our limits lose the clubs\' circulars, as any limit on recipients does that knows no contract; ' +
    'the thief is stopped on the same limit.',
  'purchased-list':
    'Yes: the bounce limit speaks within two minutes, long before traps, and complaints never.',
  'receiver-upgrade':
    "Half: our unknown users are now above the provider's limit every day, so it blocks every day; a " +
    'real platform would call them.',
  'register-lists-provider':
    'Yes; with no reports behind it the listing keeps to the twelve hours that SpamCop states.',
  'register-quota':
    'Yes: sites that reject refuse all, and a scorer that does not know the code adds its points.',
  'register-refuses':
    'Yes: nobody is refused while it is silent, and the listing is there when it speaks again.',
  'register-upgrade':
    'Yes: honest traps list an address with nobody at fault, in some seeds and for hours.',
  'spammer-many-accounts':
    'Yes: limits by account miss it for hours. Only what is counted by tenant would be quick.',
  'spammer-many-tenants': 'Yes: each front alone is slowed, and all together go on for as long as they like.',
  'stale-list':
    'Yes: slowed at once and stopped within two hours, by limits for people rather than by its bounces.',
  'stale-mirror':
    'Yes: the mirror refuses half of the lookups for hours; the desk sees that the listing is gone ' +
    'and asks no more.',
  'unreachable-operator': 'Yes: the listing lasts its thirty days or longer, and nothing we do shortens it.',
};
