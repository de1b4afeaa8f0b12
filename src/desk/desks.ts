/** Everything a person can do here, in the order help shows it. */
import { reportArrange, reportArrangement } from './arrangement.ts';
import { attributeIndex, attributeOperation } from './attribute.ts';
import { init } from './data-directory.ts';
import { demo } from './demo.ts';
import { directoryApprove, directoryImport, directoryShow } from './directory.ts';
import { disclose } from './disclosure.ts';
import { exploreColumns, exploreRecord, exploreRows, selectionList, selectionSave } from './explore.ts';
import { instrumentAdd, instrumentAmend, instrumentApprove, instrumentList } from './instrument.ts';
import { ledgerCheckpoint, ledgerExport, ledgerShow, verifyOperation } from './ledger.ts';
import { matterCreate, matterList } from './matter.ts';
import { noticeCompose, noticeDecide, noticeList, noticeRelease, noticeSend } from './notice.ts';
import type { Operation } from './operation.ts';
import { ledgerEntry, oversightAlarms } from './oversight.ts';
import {
  matterAdmit,
  matterDismiss,
  matterPeople,
  personEnd,
  personGrant,
  personInvite,
  personList,
  personRevoke,
  sessionEnd,
  sessionList,
} from './people.ts';
import { policyApprove, policyPropose, policyShow } from './policy.ts';
import { preserveConvert, preserveList, preserveRelease, preserveRenew, preserveTake } from './preservation.ts';
import {
  produceCheck,
  produceCollect,
  produceDeliver,
  producePackage,
  producePreview,
  produceReturn,
} from './produce.ts';
import { ask, findingList } from './question.ts';
import { recipientIdentity, recipientOperation } from './recipient.ts';
import { records, reveal } from './records.ts';
import { referenceAdd, referenceList } from './reference.ts';
import { report } from './report.ts';
import { requestDocument } from './request-document.ts';
import {
  requestAcknowledge,
  requestAuthority,
  requestClose,
  requestFollowUp,
  requestResume,
  requestStay,
  requestWithdraw,
} from './request-end.ts';
import { requestLetter, requestSend } from './request-letter.ts';
import { requestList, requestShow } from './request-list.ts';
import { requestCure, requestNarrow, requestReceive } from './request-receive.ts';
import {
  requestApprove,
  requestDecide,
  requestJudge,
  requestReason,
  requestReject,
  requestReview,
} from './request-review.ts';
import { requestAssign, requestCall, requestSecond, requestVerify } from './request-verify.ts';
import { formatsOperation, importOperation, receipts, recogniseOperation } from './return.ts';
import { rulesOperation } from './rules.ts';
import { serve } from './serve.ts';
import { sourceAdd, sourceList } from './sources.ts';
import { transparencyOperation } from './transparency.ts';
import { importUndo } from './undo.ts';
import { unsealList, unsealOpen, unsealPropose, unsealRefuse } from './unseal.ts';
import { instrumentWaiting, requestWaiting } from './waiting.ts';
import { hypothesisAdd, hypothesisList, matterHistory, noteAdd, noteList } from './work.ts';

const ALL = [
  init,
  demo,
  serve,
  matterCreate,
  matterList,
  matterPeople,
  matterAdmit,
  matterDismiss,
  personList,
  personInvite,
  personGrant,
  personRevoke,
  personEnd,
  sessionList,
  sessionEnd,
  instrumentAdd,
  instrumentAmend,
  instrumentApprove,
  instrumentList,
  instrumentWaiting,
  recipientOperation,
  recipientIdentity,
  importOperation,
  importUndo,
  receipts,
  unsealPropose,
  unsealOpen,
  unsealRefuse,
  unsealList,
  records,
  reveal,
  referenceAdd,
  referenceList,
  ask,
  findingList,
  exploreColumns,
  exploreRows,
  exploreRecord,
  selectionSave,
  selectionList,
  noteAdd,
  noteList,
  hypothesisAdd,
  hypothesisList,
  matterHistory,
  report,
  reportArrange,
  reportArrangement,
  disclose,
  requestReceive,
  requestList,
  requestShow,
  requestWaiting,
  requestDocument,
  requestAssign,
  requestCall,
  requestSecond,
  requestVerify,
  requestReview,
  requestJudge,
  requestReason,
  requestDecide,
  requestLetter,
  requestSend,
  requestCure,
  requestNarrow,
  requestApprove,
  requestReject,
  requestAuthority,
  requestStay,
  requestResume,
  requestWithdraw,
  requestAcknowledge,
  requestFollowUp,
  requestClose,
  noticeDecide,
  noticeCompose,
  noticeSend,
  noticeRelease,
  noticeList,
  preserveTake,
  preserveRenew,
  preserveConvert,
  preserveRelease,
  preserveList,
  sourceAdd,
  sourceList,
  produceCollect,
  producePreview,
  produceCheck,
  produceReturn,
  producePackage,
  produceDeliver,
  attributeOperation,
  attributeIndex,
  transparencyOperation,
  policyShow,
  policyPropose,
  policyApprove,
  directoryShow,
  directoryImport,
  directoryApprove,
  rulesOperation,
  formatsOperation,
  recogniseOperation,
  ledgerShow,
  ledgerEntry,
  oversightAlarms,
  ledgerCheckpoint,
  ledgerExport,
  verifyOperation,
] as const satisfies readonly Operation[];

/** The operations as a list of one type; `Declared` keeps what each takes and gives. */
export const OPERATIONS: readonly Operation[] = ALL;

export type Declared = (typeof ALL)[number];
export type Words = Declared['words'];
