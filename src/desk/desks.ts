/** Everything a person can do here, in the order help shows it. */
import { init } from './data-directory.ts';
import { demo } from './demo.ts';
import { instrumentAdd, instrumentAmend, instrumentApprove, instrumentList } from './instrument.ts';
import { ledgerCheckpoint, ledgerExport, ledgerShow, verifyOperation } from './ledger.ts';
import { matterCreate, matterList } from './matter.ts';
import type { Operation } from './operation.ts';
import { ask } from './question.ts';
import { records, reveal } from './records.ts';
import { referenceAdd, referenceList } from './reference.ts';
import { report, serve } from './report.ts';
import { formatsOperation, importOperation, receipts, recogniseOperation } from './return.ts';

export const OPERATIONS: Operation[] = [
  init,
  demo,
  serve,
  matterCreate,
  matterList,
  instrumentAdd,
  instrumentAmend,
  instrumentApprove,
  instrumentList,
  importOperation,
  receipts,
  records,
  reveal,
  referenceAdd,
  referenceList,
  ask,
  report,
  formatsOperation,
  recogniseOperation,
  ledgerShow,
  ledgerCheckpoint,
  ledgerExport,
  verifyOperation,
];
