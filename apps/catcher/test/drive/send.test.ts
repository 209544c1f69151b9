import type { Slot } from '@droplock/epp/pool/slot'
import type { Answer } from '@droplock/rules/ports/registrar'
import { expect, test } from 'vitest'
import type { LeasedAccount } from '../../src/drive/leased-account.ts'
import { PreparedCreates } from '../../src/drive/prepared-creates.ts'
import { send } from '../../src/drive/send.ts'
import type { Target } from '../../src/plan/target.ts'
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
  const { leased } = given(refused)
  const exchange = await send(leased, slotThat(answer), { kind: 'fee_check', target: refused }, SENT_MS)
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

/** What `send` needs, with one target in its store. */
function given(one: Target, get?: () => Target | undefined) {
  const store = createTargetStore()
  store.put(one)
  const leased = {
    account: { id: 'an-account', clid: 'us' },
    arrivalNowMs: () => SENT_MS + 20,
    createPool: () => undefined,
    creates: new PreparedCreates(store, () => 'secret'),
    evidence: { sent: () => undefined, done: () => undefined },
    leaseState: { othersHidden: false, ourClids: new Set(['us']) },
    monotonicMs: () => NOW_MS,
    newClTRID: () => 'DL-1',
    store: get === undefined ? store : { ...store, get },
  } as unknown as LeasedAccount
  return { store, leased }
}

const sentOnce = { clTRID: 'DL-1', sentAt: new Date(SENT_MS), sentAtMs: NOW_MS }
const codeOf = (code: number) =>
  ({ ...sentOnce, kind: 'answered', code, message: '', svTRID: 'sv', answeredAtMs: NOW_MS + 1 }) as const
const slotThat = (answer: object) =>
  ({ send: async () => answer, info: async () => answer }) as unknown as Slot

test('of creates of one name that overlap each is counted once, whatever is sent in the turn after an answer', async () => {
  const inFlight = target({ phase: 'firing', creating: 1, fee: null })
  const { store, leased } = given(inFlight, () => {
    const current = store.get(inFlight.id)
    queueMicrotask(() => {
      const known = store.get(inFlight.id) ?? inFlight
      store.put({ ...known, creating: known.creating + 1 })
    })
    return current
  })
  await send(leased, slotThat(codeOf(2302)), { kind: 'create', target: inFlight }, SENT_MS)
  expect(store.get(inFlight.id)?.creating).toBe(1)
})

test('while a create of a name is unanswered, only a certain end or an info that was sent later decides', async () => {
  const two = target({ phase: 'firing', creating: 2, fee: null })
  const { store, leased } = given(two)
  const cut = { ...sentOnce, kind: 'unknown', reason: 'cut' }
  const action = { kind: 'create', target: two } as const
  await send(leased, slotThat(cut), action, SENT_MS)
  expect(store.get(two.id)).toMatchObject({ phase: 'ambiguous', sinceMs: SENT_MS + 20, creating: 1 })
  const refusal = await send(leased, slotThat(codeOf(2304)), action, SENT_MS)
  expect(refusal?.observed).toMatchObject({ target: { phase: 'ambiguous', creating: 0 } })
  expect(refusal?.observed.decision).toBeUndefined()
  const free = (sentMs: number) => {
    const current = store.get(two.id) ?? two
    return send(leased, slotThat(codeOf(2303)), { kind: 'info', target: current }, sentMs)
  }
  expect((await free(SENT_MS + 19))?.observed.target).toMatchObject({ phase: 'ambiguous' })
  expect((await free(SENT_MS + 20))?.observed.target).toMatchObject({ phase: 'firing', due: 'create' })
})
