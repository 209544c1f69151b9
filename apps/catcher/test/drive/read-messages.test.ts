import type { Context } from '@droplock/core/context'
import { afterEach, expect, test } from 'vitest'
import { noteAward, type Polling, readMessagesUntil } from '../../src/drive/read-messages.ts'
import { Plan } from '../../src/plan/plan.ts'
import { createTargetStore } from '../../src/targets/store.ts'
import { planFacts, target } from '../support/target.ts'
import { ACCOUNT, startTestbed, type Testbed } from '../support/testbed.ts'

const rule = {
  prepareLeadMs: 5_000,
  aimLeadMs: 50,
  nameGapMs: 100,
  createsPerInfo: 3,
  awardPauseMsMin: 60_000,
}

const NOW_MS = 15_000
const applied = target({ phase: 'awaiting_award', applied: true, sinceMs: 11_000, lastSentMs: 11_000 })

function hold(on = applied) {
  const store = createTargetStore()
  const plan = new Plan(rule)
  store.put(on)
  store.follow(plan)
  return { store, registryNowMs: () => NOW_MS, choose: () => plan.choose(planFacts(), NOW_MS) }
}

const award = {
  id: '1',
  text: 'Pending action completed successfully.',
  pendingAction: { object: 'domain', name: 'wanted.test', done: true, svTRID: 's' },
  unhandled: [],
  evidence: '',
} as const

test('any message about a name that was applied for makes its info due at once', () => {
  for (const done of [true, false]) {
    const on = hold()
    expect(on.choose()).toMatchObject({ kind: 'wait' })
    expect(noteAward(on, { ...award, pendingAction: { ...award.pendingAction, done } })).toBe(true)
    expect(on.choose()).toMatchObject({ kind: 'info' })
  }
})

test('a message that arrives while info is in flight is read again', () => {
  expect(noteAward(hold({ ...applied, busy: true }), award)).toBe(false)
})

test('a message about anything else changes nothing', () => {
  const on = hold()
  const other = { ...award, pendingAction: { ...award.pendingAction, name: 'other.test' } }
  expect(noteAward(on, other)).toBe(true)
  expect(on.store.get(applied.id)).toEqual(applied)
})

let testbed: Testbed | undefined
afterEach(async () => {
  await testbed?.end()
  testbed = undefined
})

const lowBalance = {
  id: '7',
  queuedAt: new Date('2026-11-28T12:00:00Z'),
  text: 'Your balance is low.',
  unhandled: [],
  evidence: '<epp>low</epp>',
} as const

/** A queue with one message. It records acknowledgements, and ends the reading when the next message is requested. */
async function readQueue(
  ctx: Context,
  onAcknowledge: () => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const acknowledged: string[] = []
  const stop = new AbortController()
  const sent = {
    clTRID: 'DL-1',
    sentAt: new Date(NOW_MS),
    sentAtMs: 0,
    answeredAtMs: 1,
    svTRID: 's',
    message: '',
  }
  const queue = [lowBalance]
  const messages = {
    next: async () => {
      const [message] = queue.splice(0, 1)
      if (message === undefined) stop.abort()
      return { ...sent, kind: 'answered', code: 1301, data: { waiting: 1, ...(message && { message }) } }
    },
    acknowledge: async (id: string) => {
      await onAcknowledge()
      acknowledged.push(id)
      return { ...sent, kind: 'answered', code: 1000 }
    },
  }
  const polling = {
    ...hold(),
    ctx,
    account: { id: ACCOUNT },
    log: { info: () => undefined, error: () => stop.abort() },
    lease: { maySend: () => true },
    newClTRID: () => 'DL-1',
    createPool: () => ({ messages }),
  } as unknown as Polling
  await readMessagesUntil(polling, stop.signal)
  return acknowledged
}

test('a message about no name of ours is stored before it is acknowledged', async () => {
  testbed = await startTestbed()
  const { catcher, clone } = testbed
  const read = clone.db.selectFrom('registry_message').selectAll()
  let kept: unknown
  const acknowledged = await readQueue(catcher, async () => {
    kept = await read.execute()
  })
  expect(acknowledged).toEqual(['7'])
  expect(kept).toMatchObject([
    {
      registry_account_id: ACCOUNT,
      message_id: '7',
      queued_at: lowBalance.queuedAt,
      text: lowBalance.text,
      about: null,
      evidence: lowBalance.evidence,
    },
  ])
  await readQueue(catcher)
  expect(await read.execute()).toHaveLength(1)
})

test('a message that cannot be stored is not acknowledged', async () => {
  const away = { db: undefined, newId: () => 'id' } as unknown as Context
  expect(await readQueue(away)).toEqual([])
})
