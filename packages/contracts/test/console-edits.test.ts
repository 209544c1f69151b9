import { expect, test } from 'vitest'
import { z } from 'zod'
import { operations } from '../src/console/operations.ts'
import { memberOf } from './member-of.ts'

// Every edit of something that exists names what it was made from, so that of two at once the second is refused (ADR 27).

/** By these an edit names what it was made from: its version, or a digest or copy of what was shown. */
const grounds = ['version', 'basis', 'terms_hash', 'hash']

/** Those that need none, and why. */
const without = {
  disableStaffMember: 'sets one of two states',
  enableStaffMember: 'sets one of two states',
  endStaffSessions: 'ends something; ending it twice is ending it once',
  resetStaffSecondFactor: 'ends something; ending it twice is ending it once',
  sendPasswordLink: 'makes a link; an earlier one opens nothing any more',
  endOwnSession: 'ends something; ending it twice is ending it once',
  forgetDevice: 'ends something; ending it twice is ending it once',
  stopRegistry: 'moves a state; the second is refused by the state',
  restartRegistry: 'moves a state; the second is refused by the state',
  cancelMaintenance: 'moves a state; the second is refused by the state',
  closeAlarm: 'moves a state; the second is refused by the state',
  disableReceiver: 'moves a state; the second is refused by the state',
  testReceiver: 'changes nothing of the receiver',
  resendToReceiver: 'sends what has failed; there is none to send twice',
  publishSyncRun: 'moves a state; a run never changes after it was compared',
  discardSyncRun: 'moves a state; the second is refused by the state',
  fetchListSource: 'changes nothing of the source',
  disableListSource: 'sets one of two states',
  enableListSource: 'sets one of two states',
  previewOverride: 'keeps nothing',
  previewUndo: 'keeps nothing',
  previewZonePolicy: 'keeps nothing',
  previewRegistryEdit: 'keeps nothing',
  applyScheduleChange:
    'a change keeps what its preview saw of each name, and leaves out what differs by then',
  stopScheduleChange: 'moves a state; the second is refused by the state',
  undoScheduleChange: 'a change keeps what it did to each name, and leaves out what differs by then',
  switchZone: 'sets one of two states',
  withdrawListing: 'moves a state; the second is refused by the state',
  unblockName: 'moves a state; the second is refused by the state',
  rejectRefund: 'moves a state; the second is refused by the state',
  retryRefund: 'moves a state; one retry of a refund is unique',
  approveProposal: 'moves a state; what is proposed never changes',
  rejectProposal: 'moves a state; the second is refused by the state',
  closeFinanceTask: 'moves a state; the second is refused by the state',
  suspendAccount: 'sets one of two states',
  resumeAccount: 'sets one of two states',
  closeAccount: 'moves a state; constraints hold that the account is empty',
  issueAccountKey: 'adds a key',
  revokeAccountKey: 'must never wait for a read',
  retryAccountDelivery: 'moves a state; the second is refused by the state',
  recoverAccountEndpoint: 'sends what was missed; a receiver drops what it has by its id',
  proposeReversal: 'moves a state; the second is refused by the state',
  approveReversal: 'moves a state; what is proposed never changes',
  rejectReversal: 'moves a state; the second is refused by the state',
  closeReconciliationItem: 'moves a state; the second is refused by the state',
} as const satisfies Readonly<Record<string, string>>

const edits = Object.values(operations).filter(({ method, path }) => method !== 'get' && path.includes('{'))

function groundsOf(operation: (typeof edits)[number]): readonly string[] {
  const schema = memberOf(operation, 'request', 'body', 'content', 'application/json', 'schema')
  if (!(schema instanceof z.ZodObject)) return []
  return grounds.filter((name) => name in schema.shape && !schema.shape[name]?.isOptional())
}

test('every edit of something that exists names what it was made from, or says why it need not', () => {
  const silent = edits.filter((operation) => groundsOf(operation).length === 0)
  expect(silent.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(without).toSorted())
  expect(edits.length - silent.length).toBeGreaterThan(8)
})
