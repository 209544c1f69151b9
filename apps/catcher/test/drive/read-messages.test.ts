import type { Context } from '@droplock/core/context'
import { afterEach, expect, test } from 'vitest'
import { type Polling, readMessagesUntil } from '../../src/drive/read-messages.ts'
import { Plan } from '../../src/plan/plan.ts'
import type { Target } from '../../src/plan/target.ts'
import { createTargetStore } from '../../src/targets/store.ts'
import { planFacts, target } from '../support/target.ts'
import { ACCOUNT, startTestbed, type Testbed } from '../support/testbed.ts'

const rule = {
  prepareLeadMs: 5_000,
  aimLeadMs: 50,
  nameGapMs: 100,
  createsPerInfo: 3,
  awardPauseMsMin: 60_000,
  share: { rank: 0, accounts: 1 },
}

const NOW_MS = 15_000

/** Applied for at a registry where creates are applications, in a period that ends at 11,000. */
const applied = target({
  phase: 'awaiting_award',
  applied: true,
  release: 'applications',
  graceUntilMs: 50_000_000,
  sinceMs: 11_000,
  lastSentMs: 11_000,
})

const hold = () => ({ store: createTargetStore(), registryNowMs: () => NOW_MS })

function chooseAmong(targets: readonly Target[], nowMs: number) {
  const plan = new Plan(rule)
  for (const each of targets) plan.put(each)
  return plan.choose(planFacts(), nowMs)
}

test('nothing is asked about an application before its message, or before its period has been over for an hour', () => {
  const names = [applied, { ...applied, id: 'target-2', sinceMs: null, lastSentMs: null }]
  for (const nowMs of [NOW_MS, 1_000_000, 3_610_000])
    expect(chooseAmong(names, nowMs)).toMatchObject({ kind: 'wait' })
  expect(chooseAmong(names, 3_611_000)).toMatchObject({ kind: 'info' })
})

test('its message makes the info due at once, and once', () => {
  for (const awarded of [true, false]) {
    const told = { ...applied, awarded, sinceMs: null }
    expect(chooseAmong([told], NOW_MS)).toMatchObject({ kind: 'info' })
    const asked = { ...told, sinceMs: NOW_MS, lastSentMs: NOW_MS }
    expect(chooseAmong([asked], NOW_MS + 59_000)).toMatchObject({ kind: 'wait' })
  }
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
    account: { id: ACCOUNT, registryId: 'sim' },
    log: { info: () => undefined, error: () => stop.abort() },
    lease: { maySend: () => true },
    newClTRID: () => 'DL-1',
    pool: { messages },
    createPool: () => undefined,
  } as unknown as Polling
  await readMessagesUntil(polling, { everyMs: 60_000, fireLeadMs: 1_000 }, stop.signal)
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
