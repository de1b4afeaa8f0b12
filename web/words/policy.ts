/** What the fields of a policy are called. */
export const POLICY_GROUPS = {
  provider: 'Who we are',
  clocks: 'Clocks',
  limits: 'Limits',
  requires: 'What a request must bring',
  more: 'What a paper reaches, and other choices',
  mail: 'Mail',
} as const;

export const POLICY_WORDS: Readonly<Record<string, string>> = {
  'provider.name': 'Name',
  'provider.address': 'Address',
  'provider.contact': 'Where requests are sent',
  'provider.country': 'Country, two letters',
  'provider.jurisdiction': 'Whose working days count',
  'provider.zone': 'Zone of its days',
  'provider.entities': 'Entities that answer, and the countries of each',
  'provider.euAddressee': 'Addressee of European orders, and its State',
  'provider.services': 'Services',
  'provider.mailServer': 'Name its mail server puts into authentication results',
  'provider.languages': 'Languages',
  'provider.custodian.name': 'Custodian of records, name',
  'provider.custodian.title': 'Custodian of records, title',
  'clocks.acknowledgeBusinessDays': 'Acknowledge within, working days',
  'clocks.emergencyAcknowledgeMinutes': 'Acknowledge an emergency within, minutes',
  'clocks.cureDays': 'Wait for an answer to a push-back, days',
  'clocks.noticeWaitDays': 'Wait after the user was told, days',
  'clocks.emergencyNoticeDays': 'Tell the user after an emergency within, days',
  'clocks.withheldNoticeReviewDays': 'Look again at a notice withheld, days',
  'clocks.warrantDays': 'A warrant is carried out within, days',
  'clocks.minimumReturnHours': 'A return date is at least, hours away',
  'clocks.preservationDays': 'A hold lasts, days',
  'clocks.renewalDays': 'A renewal lasts, days',
  'clocks.serialPreservationDays': 'No new hold of the same within, days',
  'clocks.preservationAlertDays': 'Warn of the end of a hold, days before',
  'clocks.nondisclosureAlertDays': 'Warn of the end of an order to keep silent, days before',
  'clocks.emergencyFollowUpDays': 'The paper of an emergency follows within, days',
  'clocks.comityDays': 'A conflict of laws is raised within, days',
  'clocks.productionDays': 'Produce within where no law says when, days',
  'limits.lookalikeDistance': 'Letters by which a domain may differ and still be taken for another',
  'limits.domainMinimumAgeDays': 'A younger domain is looked into, days',
  'limits.targetsWithoutReason': 'Accounts without a reason for each',
  'limits.targetsWithoutList': 'Accounts without a list as a file',
  'limits.targetsWithoutCallBack': 'Accounts without a call-back',
  'limits.bulkTargets': 'From so many accounts it is a bulk request',
  'limits.emergencyHours': 'Longest range of an emergency, hours',
  'limits.nondisclosureMonths': 'Longest silence without a new order, months',
  'limits.offenceMarginDays': 'Range beyond the offence, days on either side',
  'limits.euPackageMegabytes': 'Largest package for a European order, megabytes',
  'limits.smallCell': 'Smaller numbers are hidden in the transparency report',
  'limits.voluminousRows': 'From so many rows it is voluminous',
  'mail.from': 'Sender of letters and notices',
  'mail.smtp': 'Mail server; none writes them to a folder',
  'requires.badge': 'Badge number',
  'requires.letterhead': 'Letterhead',
  'requires.staticFile': 'A file that cannot change, such as PDF',
  'requires.swornEmergency': 'An emergency is sworn to',
  'requires.perjuryStatement': 'A statement under penalty of perjury',
  windowMonths: 'Longest range by category, months',
  reach: 'Categories a kind of paper reaches, where that differs here',
  ipLogTier: 'Addresses of sessions on a subpoena: all, recent ones, or by order only',
  recentLoginDays: 'Sessions are recent for, days',
  owesFacts: 'Kinds of paper that owe the facts',
  preservationExceptions: 'A second renewal can be granted',
  freeMailDomains: 'More domains of private mailboxes',
  shieldedOffences: 'Offences whose care is lawful here',
  extraHolidays: 'More days that are no working days',
};

/** A change such as `windowMonths.DC-02: 12 → 6`, its field in words; what has no words stays as it is. */
export function changeInWords(line: string): string {
  const path = /^[\w.-]+(?=: )/.exec(line)?.[0] ?? '';
  const field = Object.keys(POLICY_WORDS).find((one) => path === one || path.startsWith(`${one}.`));
  if (field === undefined) return line;
  const inner = path.slice(field.length + 1);
  return `${POLICY_WORDS[field]}${inner ? ` (${inner})` : ''}${line.slice(path.length)}`;
}
