/** What is in the folder, how its numbers are to be read, and how to make it again. */
import type { PageInput } from './page.ts';
import { inWords } from './period.ts';
import { marksInWords } from './publish.ts';

export function readmeText({
  period,
  provider,
  small,
  ledger,
  band,
  files,
}: Pick<PageInput, 'period' | 'provider' | 'small' | 'ledger'> & {
  band: number;
  files: { name: string; sha256: string }[];
}): string {
  return `Transparency report of ${provider}, ${inWords(period)}
Period ${period.name}: ${period.from} up to, not including, ${period.to}, UTC.

index.html            the report as a page
transparency.csv      one row for each period, country, level of agency, paper and service
totals.csv            the same columns for each paper, and for all of them
epoc.csv              European orders by class of data, issuing State and emergency, for the whole period
dsa.csv               orders under Article 10 of the Digital Services Act, by Member State
first-response.csv    requests by the time to the first response
definitions.csv       what each column counts, and from which acts
transparency.sql      the query that made every number

Reading the numbers
-------------------
${marksInWords(small)}
An empty cell has no value: a time of something that did not happen, or, of national security letters,
a number that may be told in bands only. Files are UTF-8 with a byte order mark; a cell that a spreadsheet
would run as a formula has an apostrophe before it.

Where they come from
--------------------
${from(ledger)}

Making it again
---------------
1. In the data directory:  fourcorners transparency --period ${period.name} --out again
   The same acts give the same bytes. Acts recorded since then can change what became of a request.
2. Whoever was given the tables requests, items, acts, counts and findings makes them in DuckDB with
   the columns described in docs/transparency.md, adds

     create table parts (period_start varchar, period_end varchar, began timestamp, ended timestamp, half_year boolean);
${period.parts.map((part) => `     insert into parts values ('${part.from}', '${part.to}', '${part.from}', '${part.to}', ${part.isHalfYear});`).join('\n')}
     create table settings as select ${band}::bigint as band;

   runs transparency.sql, and reads the views it names at its beginning. They hold every number, before
   anything small was taken out.

SHA-256
-------
${files.map(({ name, sha256 }) => `${sha256}  ${name}`).join('\n')}
`;
}

function from({ entries, differences, recovered }: PageInput['ledger']): string {
  if (differences > 0)
    return `THE ACTS DIFFER FROM THE LEDGER: ${differences} differences, listed in differences.csv. Until they are\nexplained, no number here is to be relied on.`;
  const after =
    recovered > 0
      ? `\n${recovered} of its entries were ended by recovery after a crash and have no digest to hold acts against.`
      : '';
  return `From the acts of each request. Each act is under an entry of the ledger that has its digest, and no entry of a\nrequest is without its acts; the ledger had ${entries} entries.${after}`;
}
