/** Phrases that ask for everything, for what is to come, or for a freeze; and sentences that only look like them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freezePhrase, futurePhrase, genericPhrase, openEndedPhrase, sweepingPhrase } from './wording.ts';

type Finder = (text: string) => string | null;

const CASES: [string, Finder, string[], string[]][] = [
  [
    'sweeping wording',
    sweepingPhrase,
    [
      'Any and all communications',
      'the entire account',
      'entire Example Social account, creation to present',
      'the whole mailbox of the subject',
      'complete contents of the account',
      'records including, but not limited to, messages',
      'records including without limitation photos',
      'and any other relevant information',
      'everything associated with the account',
      'messages since account creation',
      'messages from inception to the present',
      'messages from account creation to now',
      'all messages from creation',
      'alle und jede Nachricht',
      'das gesamte Konto',
      'den gesamten Account des Beschuldigten',
      'Daten einschließlich, aber nicht beschränkt auf Nachrichten',
      'Nachrichten seit Erstellung des Kontos',
      'l’intégralité du compte',
      'le compte dans son intégralité',
      'données, y compris, mais sans s’y limiter, les messages',
      'messages depuis la création du compte',
      'todos y cada uno de los mensajes',
      'la totalidad de la cuenta',
      'registros, incluyendo, pero no limitado a, mensajes',
      'mensajes desde su creación',
      'l’intero account',
      'dati, inclusi ma non limitati a messaggi',
      'a titolo esemplificativo e non esaustivo',
      'messaggi sin dalla creazione',
    ],
    [
      'all sessions between 1 February and 1 May 2026',
      'log of calls made by the account',
      'small business account settings',
      'the entire account number',
      'the whole account name as registered',
      'entire conversation with 100000000000043 on 4 March 2026',
      'date of account creation',
      'the IP address used at account creation',
      'IP address recorded from account creation',
      'a full account of the facts is attached',
      'recall of the offer',
      'name, address and e-mail of the subscriber',
      'accessi alle pagine tra il 1 e il 3 marzo',
      'sitzungen zwischen dem 1. und 3. März',
      'les sessions entre le 1er et le 3 mars',
      'las sesiones entre el 1 y el 3 de marzo',
      '',
    ],
  ],
  [
    'wording that names no kind of data',
    genericPhrase,
    [
      'all records',
      'all available information',
      'any data',
      'complete account history',
      'all of the contents',
      'alle Daten',
      'sämtliche gespeicherten Informationen',
      'toutes les données',
      'l’ensemble des informations',
      'todos los datos',
      'toda la información',
      'tutti i dati',
      'qualsiasi informazione',
    ],
    [
      'all sessions',
      'calls',
      'small files',
      'overall history',
      'all messages',
      'metadata',
      'alle Sitzungen',
      'alle pagine',
    ],
  ],
  [
    'an end that is left open',
    openEndedPhrase,
    [
      'from 1 February 2026 to present',
      'until the present day.',
      'February 2026 through present, including drafts',
      '2026-02-01 – present',
      'from 1 March to date',
      'through today',
      'vom 1. Februar bis heute',
      'du 1er février jusqu’à ce jour',
      'desde febrero hasta la fecha',
      'dal 1 febbraio ad oggi',
      'messaggi fino al presente',
    ],
    [
      'evidence to present to the grand jury',
      'witnesses to present evidence',
      'what is needed to date the photograph',
      'representations to the court',
      'from 1 February to 1 March 2026',
      'the present account',
    ],
  ],
  [
    'what is not stored yet',
    futurePhrase,
    [
      'sessions going forward',
      'sessions on an ongoing basis',
      'from 1 February and ongoing',
      'future messages',
      'real-time is meant: location in real time',
      'until further notice',
      'künftige Nachrichten',
      'bis auf Weiteres',
      'les communications futures',
      'los mensajes futuros',
      'a partir de hoy y en adelante',
      'i dati futuri',
      'accessi in tempo reale',
    ],
    [
      'records relevant to an ongoing investigation',
      'the futures trading account',
      'messages about future plans',
      'an ongoing criminal case',
      'offered live on a stream',
    ],
  ],
  [
    'a freeze',
    freezePhrase,
    [
      'Freeze the account at once',
      'please lock all associated accounts',
      'suspend and preserve the account',
      'funds must be immediately frozen',
      'accounts to be locked',
      'preserve-and-lock the profile',
      'place a hold on the wallet',
      'das Konto sofort sperren',
      'Sperrung des Kontos',
      'bloquer le compte',
      'gel des avoirs',
      'bloquear la cuenta',
      'congelación de los fondos',
      'bloccare l’account',
      'blocco dei fondi',
    ],
    [
      'when the account was locked by its user',
      'log of suspended accounts of the target',
      'a child was found frozen near the lake',
      'the address the block of flats has',
      'list of blocked contacts',
      'the lock screen of the device',
      'transfers between the accounts',
    ],
  ],
];

for (const [what, find, found, innocent] of CASES) {
  for (const text of found) test(`${what}: “${text}”`, () => assert.notEqual(find(text), null));
  for (const text of innocent) test(`not ${what}: “${text}”`, () => assert.equal(find(text), null));
}

test('the phrase is given as it stands in the text', () => {
  assert.equal(sweepingPhrase('Produce  ANY and\nall messages.'), 'ANY and all');
});

test('a phrase that goes on and on is quoted by its beginning', () => {
  const quoted = genericPhrase(`all ${'the '.repeat(1000)}records`);
  assert.equal(quoted?.length, 120);
  assert.ok(quoted?.endsWith('…'));
});
