// How the table of presets was read: what looks absurd in it, and whether preset, scenario or reality is to
// blame.

export const reading = `## How to read it

**Who stops a stolen password, and who only slows it.** In compromised-account and enron the presets
fall into groups, and how low their limits are has little to do with it. Those that *shut or hold* the
account (SPOT, Postal, UwUmail, ours, DirectAdmin's unknown users, Amazon's bounce rate), and those whose
limit is of a *day* and low (policyd-rate-limit's 150 recipients, mox' 200 new ones), end it in 1 to 22
minutes (Amazon's, on enron, in an hour). Those that *slow* it (Plesk, Haraka, Rspamd, postfwd, KumoMTA,
Momentum, BlockCracking, whose hold ends with the hour) let it go on until the desk opens, at 5 to 12
hours; cPanel is between, at 4. Reality: a limit without a suspension turns a flood into a drip, and a drip
is enough for a trap. Rspamd's bucket is the best of the slow: 529 escaped, of 2,535 without a policy. A
day's limit is open again the next day: a thief who pauses goes on for over five days in half of the runs
under policyd-rate-limit (attacker-pauses).

**Postal blocks in 2 minutes, and 448 get out** (compromised-account). In 18 runs of 20 it is 2 to 114. In
two the person who reads the night's held mail in the morning takes it for good, and all of it leaves at
once: 4,240 and 4,370, more than with no policy. *The model is to blame in part*: one look at five messages,
wrong in 3 of 100, lets tens of thousands go. That what is held must be read by somebody is reality.

**SPOT stops a thief after five messages or hardly at all.** SPOT goes by our own scan alone, which knows 70
texts of 100 of an attacker's, and misses the others all but whole; he writes a new one each day. In 15
nights of 20 (compromised-account) it lets 1 to 8 out, in the other five 736 to 3,230; on enron 1 to 8 in 14,
and in six 583 to 1,336, in five of them what no policy does, to the message. *Reality*: what is not
recognised is not recognised a thousand times. The median time, 1 m 45 s, hides it; read the mean of
*escaped*. Who has limits or counts failures beside the scan is spared most of it: on those nights UwUmail
lets 106 to 355 out, Postal 28 to 114. And a mailing nobody wants looks harmless to this scan, so on lists
and backscatter SPOT is accept-everything to the message (stale-list, purchased-list, cold-spare,
duplicated-list, backscatter and stale-mirror). One text in 500 of honest mail is taken for spam, a whole
issue of a newsletter at a time: that is all the wanted mail it hits.

**A limit per mailbox on a platform that hosts bulk mail** costs 8 to 13 % of all wanted mail (Plesk's
100 an hour, cPanel, postfwd's example, Haraka's 50 in 5 minutes, Microsoft's and Postal's 500 an hour). *The
scenario is to blame*, or whoever deploys such a preset there: those products are for mailboxes, and
thirteen scenarios host newsletters, in which Plesk's limit hits 13 to 57 % of all wanted mail (most in
bounces-ignored, dead-name-servers, mailing-list-one-provider, deliberate-spammer and stale-mirror). Their
operators give such customers a limit of their own (\`--set\`, or \`forBulk\`). On offices alone
(compromised-account, enron, drip-spammer) the same presets, but for cPanel's, hit next to nobody.

**cPanel hits two tenants in five.** It stops a tenant whose failed *and deferred* mail of the last hour
is 50 % of all or more, from five such messages on (its default). Where receivers put off the shared address,
they put off everybody's mail, and it stops those who pay for a neighbour: 99 % in receiver-upgrade, 97 % in
spammer-many-tenants, 96 % in infected-pc. Where nobody puts the address off it hits about one in ten
(list-the-world, blocked-resolver, drip-spammer): each try at a full mailbox counts anew. *The preset is to
blame in part*: the share ships unset, and the 50 % is ours. A lower one does not mend it: at 25 % 17 of 100
are hit instead of 10 in list-the-world, and 13 of 119 instead of 22 in compromised-account, where the thief
is stopped sooner (5 seeds, medians).

**policyd-rate-limit hits a fifth of enron's real people** (19 %), and hardly anybody among simulated
offices. *Reality*: so many of them wrote to more than ten people at once, and a message to eleven is over its
example of 10 recipients a minute by itself, however often it is tried again. That is 199 of the trace's
21,635 messages; smaller ones in quick succession are 5. Simulated offices write to 1.3 people in the mean
and to eleven next to never, so they would never have shown it. The daemon counts recipient by recipient, ours
the whole message; it hits as many people ([DAEMONS.md](DAEMONS.md)).

**KumoMTA and ZoneMTA let more abuse out than no policy at all** in some scenarios (KumoMTA in
attacker-moves: 4,976 against 4,461, in enron 1,425 against 1,301; ZoneMTA in mixed-platform: 8,338 against
8,008), Momentum in one, by little (outdated-script: 4,969 against 4,929). *It is reality*: shaping keeps
receivers from refusing, for the thief as well. They are made for paying senders, whose abuse is other
people's business; their place is beside a detector.

**A slowed mailing can get further than a fast one.** Haraka and postfwd let more of a bad list out than no
policy does (bounces-ignored: 2,713 and 9,986 against 2,423; mailing-list-one-provider: 3,719 and 2,255
against 1,500; Haraka also in cold-spare, purchased-list and deliberate-spammer), and so does cPanel in
bounces-ignored (4,159). What makes the desk look (refusals, traps of our own) comes later, and who looks for
postfwd's alert takes the list for a good one. *Reality*. Nor do they block it: what was put off 16 times, for
four hours, is given up, so the last of the list never leaves, and that counts as a block at the list's end:
hours in, or 35 days under postfwd in bounces-ignored, where it is the sixth round's.

**No policy at all is cheapest in five scenarios** (any-answer-counts, blocked-resolver, dead-name-servers,
expired-register and register-quota), where others' faults are all there is and a rule can only add to them;
most presets share that place. KumoMTA's other three (moved-address, receiver-upgrade,
register-upgrade) have no culprit either: it keeps mail back from who refuses, and loses less.

**Microsoft's two laws are judged without their pool.** The old one diverts over-limit mail to a high-risk
pool, both divert what looks like spam, and *the scenarios are to blame*: only over-limit-pool has such a
pool. Elsewhere the mail leaves as all does (48,000 messages a run in compromised-account; the headline of
a run says so), and the old law looks like accept-everything. With a pool of one address of another range
added there (3 seeds, medians), it lets the thief go on as long and 2,096 out, and yet no wanted mail is
bounced (7,668 messages without the pool) and the desk has 6 hours of work (26 without): what a pool apart
is for. With an address beside the shared one, in the same /24, 2,156 are bounced all the same: ranges are
judged, too.
The new law, which refuses what is over its limits, ends a blast in 4 to 28 minutes (deliberate-spammer,
over-limit-pool, enron) and a slower one in 4 hours (compromised-account), and costs a club its circular
in over-limit-pool.

**CSF's alert is worth what the desk is worth**: 12 minutes in office hours (deliberate-spammer),
nothing at night (compromised-account, enron: the desk opens at eight).

**The desk stops 86 % with no policy at all**, once somebody is there: a mailbox stolen at eight in the
evening after twelve hours (compromised-account), a web form abused from Friday evening on after 2 d 14 h
(outdated-script). ZoneMTA, KumoMTA, Microsoft's old law, CSF, Momentum and BlockCracking stop no more (86 to
88 %): what a policy is to be given credit for is what gets out until then. Rspamd's bucket stops fewer,
69 %, and lets less out than any of them: in attacker-moves, over-limit-pool and stale-list the desk, left
to itself, ends it (4,461, 1,204 and 1,307 out), and slowed to a drip next to nobody ever does (729, 501
and 407).

**A duplicated list is stopped only by those that count messages or recipients** (Microsoft's new law: 0 of
3,823 out; DirectAdmin 0 in 19 of 20 runs, and nearly all in one in which a person has opened the account
again just before; Plesk 95, cPanel 357, postfwd 927, UwUmail 985, Haraka 2,191; Postal counts too, but
what it holds is let go: 3,789), and seen by nobody: the recipients exist and do not complain at once, and no
rule of this library, ours included, looks for repetition. A list all at one provider is another matter
(mailing-list-one-provider): the desk ends it within the hour in 17 runs of 20, with no policy too. Rules
that shut, or call somebody, end it in minutes (DirectAdmin's unknown users 42 s, Microsoft's new law 5 m,
CSF's alert 11 m); limits that put off or refuse stretch it to 2 h 34 m and longer (cPanel, Plesk, postfwd,
Haraka).

**register-upgrade and deliberate-spammer are where limits lose the most**: a third to a half of all wanted
mail that Plesk, cPanel, postfwd, Haraka, Microsoft's new law, DirectAdmin and UwUmail lose, for
newsletters send the most there. The tables by scenario are the better reading, and the one over all is for
orientation.
`;
