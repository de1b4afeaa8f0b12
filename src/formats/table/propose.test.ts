import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileInMemory } from '../reading/open.ts';
import { sampleOf } from '../reading/sample.ts';
import { propose } from './propose.ts';

async function proposed(text: string) {
  const proposal = propose(await sampleOf(fileInMemory('table.csv', Buffer.from(text)), []));
  assert.ok(proposal, 'a table');
  return { ...proposal, asked: (about: string) => proposal.questions.filter((question) => question.about === about) };
}

const column = (header: string, values: string[]) =>
  [`${header},IP`, ...values.map((value) => `${value},203.0.113.7`)].join('\n');

test('asks for the order of day and month unless a value decides it', async () => {
  const open = await proposed(column('Date Time', ['03/04/2017 05:06', '05/06/2017 07:08']));
  assert.equal(open.profile.columns['Date Time']?.time, undefined);
  assert.deepEqual(open.asked('Date Time')[0]?.options, ['DD/MM/YYYY HH:mm', 'MM/DD/YYYY HH:mm']);
  const day = await proposed(column('Date Time', ['03/04/2017 05:06', '25/03/2017 07:08']));
  assert.equal(day.profile.columns['Date Time']?.time, 'DD/MM/YYYY HH:mm');
  const month = await proposed(column('Date Time', ['3/4/2017 5:06 PM', '3/25/2017 7:08 AM']));
  assert.equal(month.profile.columns['Date Time']?.time, 'M/D/YYYY h:mm A');
});

test('never proposes a zone that the file does not state, and asks instead', async () => {
  const none = await proposed(column('Login Time', ['2017-03-04 05:06:07']));
  assert.deepEqual([none.profile.zone, none.profile.columns['Login Time']?.zone], [undefined, undefined]);
  assert.match(none.asked('Login Time')[0]!.asks, /no zone/);
  const header = await proposed(column('Login Time (UTC)', ['2017-03-04 05:06:07']));
  assert.equal(header.profile.columns['Login Time (UTC)']?.zone, 'UTC');
  assert.deepEqual(
    header.questions.filter(({ asks }) => asks.includes('zone')),
    [],
  );
  const banner = await proposed(`All times are America/Chicago\n${column('Login Time', ['2017-03-04 05:06:07'])}`);
  assert.equal(banner.profile.zone, 'America/Chicago');
  const offset = await proposed(column('Login Time', ['2017-03-04T05:06:07Z']));
  assert.deepEqual(offset.asked('Login Time'), []);
  const name = await proposed(column('Login Time', ['2017-03-04 05:06:07 EST', '2017-07-04 05:06:07 EDT']));
  assert.match(name.asked('Login Time')[0]!.asks, /EDT, EST/);
});

test('takes numbers for times only under a header that says so and only in one plausible unit', async () => {
  const seconds = await proposed(column('Created Time', ['1488603967', '1488603968']));
  assert.equal(seconds.profile.columns['Created Time']?.time, 'epoch-s');
  const millis = await proposed(column('Created Time', ['1488603967557']));
  assert.equal(millis.profile.columns['Created Time']?.time, 'epoch-ms');
  const serial = await proposed(column('Created Time', ['42798.2125810185']));
  assert.equal(serial.profile.columns['Created Time']?.time, 'excel-serial');
  assert.equal((await proposed(column('Widget', ['1488603967']))).profile.columns.Widget, undefined);
});

test('finds the header under a banner and the delimiter by the table', async () => {
  const text =
    'Example Telecom\nAnswer, to your request, of today\n\nDate;Time;IP;Port;Latitude;Longitude\n25.03.2017;05:06;203.0.113.7;443;35,1;-106,6\n26.03.2017;05:07;203.0.113.8;443;35,2;-106,7\n';
  const { profile, notes } = await proposed(text);
  assert.equal(profile.delimiter, ';');
  assert.deepEqual(profile.columns.Date, { role: 'date', time: 'DD.MM.YYYY' });
  assert.deepEqual(profile.columns.Time, { role: 'clock', time: 'HH:mm' });
  assert.deepEqual([profile.columns.IP?.role, profile.columns.Port?.role], ['ip', 'port']);
  assert.ok(notes.some((note) => note.includes('above the header')));
});

test('asks for the decimal sign, the century, the meaning of coordinates and whose record it is', async () => {
  const { profile, asked } = await proposed(
    'Reference No;Send Date;Sender Name;Sender Phone;Amount;Currency;Latitude;Longitude\n1;3/25/17;Ada Sample;5055550142;1.234;USD;350800000;-1066200000\n',
  );
  assert.deepEqual([profile.kind, profile.category], ['transfer', 'DC-08']);
  assert.equal(asked('decimal').length, 1);
  assert.equal(asked('firstYear').length, 1);
  assert.equal(asked('callingCode').length, 1);
  assert.equal(asked('placeKind').length, 1);
  assert.equal(asked('Latitude').length, 1);
  assert.deepEqual(asked('account')[0]?.options, ['Sender Name', 'Sender Phone']);
});

test('repeats no value of a row', async () => {
  const { profile, questions, notes } = await proposed('Date,Sender Name,Amount\n03/04/2017,Ada Sample,77.31\n');
  assert.doesNotMatch(JSON.stringify({ profile, questions, notes }), /Ada|77\.31|2017/);
});

test('what is no table has no proposal', async () => {
  for (const text of ['', 'one line', '<html><b>a,b</b></html>', '{"a":1,"b":2}', '1,2,3\n4,5,6\n', '\0\0\0']) {
    assert.equal(propose(await sampleOf(fileInMemory('x', Buffer.from(text)), [])), null, text);
  }
});
