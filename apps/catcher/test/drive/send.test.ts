import type { Slot } from '@droplock/epp/pool/slot'
import type { Answer } from '@droplock/rules/ports/registrar'
import { expect, test } from 'vitest'
import type { LeasedAccount } from '../../src/drive/leased-account.ts'
import { PreparedCreates } from '../../src/drive/prepared-creates.ts'
import { send } from '../../src/drive/send.ts'
import { createTargetStore } from '../../src/targets/store.ts'
import { target } from '../support/target.ts'

const SENT_MS = 15_000
const NOW_MS = 500

const refused = target({
  due: 'fee_check',
  busy: true,
  createRetry: { code: 2004, pauseMs: 0, untilMs: SENT_MS },
})

async function sendCheck(answer: Answer<never>) {
  const leased = {
    account: { id: 'an-account' },
    evidence: { sent: () => undefined, done: () => undefined },
    monotonicMs: () => NOW_MS,
    newClTRID: () => 'DL-1',
    store: { get: () => refused, put: () => undefined },
  } as unknown as LeasedAccount
  const slot = { send: async () => answer } as unknown as Slot
  const exchange = await send(leased, slot, { kind: 'fee_check', target: refused }, SENT_MS)
  if (exchange === undefined) throw new Error('the target is gone')
  return exchange
}

test('a fee check that a limit of ours keeps back is asked again as soon as it may leave, and nothing is created until then', async () => {
  const { observed } = await sendCheck({
    kind: 'not_sent',
    reason: 'the gap of the name is not over',
    retryAtMs: NOW_MS + 800,
  })
  expect(observed.decision).toBeUndefined()
  expect(observed.issue).toBeUndefined()
  expect(observed.target).toEqual({
    ...refused,
    busy: false,
    createRetry: { code: 2004, pauseMs: 0, untilMs: SENT_MS + 800 },
  })
})

test('a fee check whose answer was lost was asked: the next create comes after a pause', async () => {
  const sent = { clTRID: 'DL-1', sentAt: new Date(SENT_MS), sentAtMs: NOW_MS }
  const { observed } = await sendCheck({ ...sent, kind: 'unknown', reason: 'cut' })
  expect(observed.target).toMatchObject({ busy: false, due: null, lastSentMs: SENT_MS })
})

test('of creates of one name that overlap each is counted once, whatever is sent in the turn after an answer', async () => {
  const inFlight = target({ phase: 'firing', creating: 1, fee: null })
  const store = createTargetStore()
  store.put(inFlight)
  const read = () => {
    const current = store.get(inFlight.id)
    queueMicrotask(() => {
      const known = store.get(inFlight.id) ?? inFlight
      store.put({ ...known, creating: known.creating + 1 })
    })
    return current
  }
  const leased = {
    account: { id: 'an-account', clid: 'us' },
    createPool: () => undefined,
    evidence: { sent: () => undefined, done: () => undefined },
    leaseState: { othersHidden: false, ourClids: new Set(['us']) },
    monotonicMs: () => NOW_MS,
    newClTRID: () => 'DL-1',
    creates: new PreparedCreates(store, () => 'secret'),
    store: { ...store, get: read },
  } as unknown as LeasedAccount
  const sent = { clTRID: 'DL-1', sentAt: new Date(SENT_MS), sentAtMs: NOW_MS }
  const answer = {
    ...sent,
    kind: 'answered',
    code: 2302,
    message: '',
    svTRID: 'sv',
    answeredAtMs: NOW_MS + 1,
  }
  const slot = { send: async () => answer } as unknown as Slot
  await send(leased, slot, { kind: 'create', target: inFlight }, SENT_MS)
  expect(store.get(inFlight.id)?.creating).toBe(1)
})
