import { type KeptMessage, recordMessage } from '@droplock/core/registry-messages/record'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { PollMessage } from '@droplock/rules/ports/registry-objects'
import { pause } from '../loops.ts'
import { isFiring } from '../requests/serve.ts'
import type { LeasedAccount } from './leased-account.ts'

/** An award comes hours after its application: this is soon enough, and a small part of any rate. */
const AWARD_POLL_MS = 5_000

export type MessageRule = {
  /** How often messages are read while nothing was applied for. */
  readonly everyMs: number
  /** How long before its window a target begins to fire. */
  readonly fireLeadMs: number
}

/** The parts of a leased account that polling needs. */
export type Polling = Pick<
  LeasedAccount,
  'account' | 'store' | 'createPool' | 'ctx' | 'lease' | 'log' | 'newClTRID' | 'pool' | 'registryNowMs'
>

/**
 * Reads the registry's messages until the signal aborts: often while there are applications, and all that wait; otherwise seldom, and
 * while names drop one at a time. Every message is stored before it is acknowledged, since the registry deletes it then. What it says of an
 * application is stored with it, and comes to the plan as the targets are read.
 */
export async function readMessagesUntil(
  polling: Polling,
  rule: MessageRule,
  signal: AbortSignal,
): Promise<void> {
  let readAtMs = -Infinity
  while (!signal.aborted) {
    const nowMs = polling.registryNowMs()
    const applied = isApplied(polling)
    if ((applied || nowMs - readAtMs >= rule.everyMs) && polling.lease.maySend()) {
      readAtMs = nowMs
      const drains = () => applied || !isFiring(polling.store.all(), rule.fireLeadMs, polling.registryNowMs())
      for (const queue of queuesOf(polling)) await readQueue(polling, queue, drains, signal)
    }
    await pause(Math.min(AWARD_POLL_MS, rule.everyMs), signal)
  }
}

function isApplied({ store }: Polling): boolean {
  return [...store.all()].some(({ phase }) => phase === 'awaiting_award')
}

type Queue = RegistrarPool['messages']

/** The messages about applications are on the hosts to which those were sent. */
function queuesOf({ pool, createPool }: Polling): readonly Queue[] {
  const { messages } = pool
  const drop = createPool()?.messages
  return drop === undefined || drop === messages ? [messages] : [drop, messages]
}

async function readQueue(
  polling: Polling,
  queue: Queue,
  drains: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && polling.lease.maySend()) {
    const isRead = await readOne(polling, queue)
    if (!isRead || !drains()) return
  }
}

/** Whether there may be another message. */
async function readOne(polling: Polling, queue: Queue): Promise<boolean> {
  const answer = await queue.next(polling.newClTRID())
  const message = answer.kind === 'answered' ? answer.data?.message : undefined
  if (message === undefined) return false
  return (await keep(polling, message)) && acknowledge(polling, queue, message)
}

/** False while the database is unavailable: the message is read again. */
async function keep({ ctx, account, log }: Polling, message: PollMessage): Promise<boolean> {
  const { id: messageId, text, pendingAction, about } = message
  try {
    const kept: KeptMessage = await recordMessage(ctx, account, message)
    log.info({ event: 'registry.message', messageId, text, pendingAction, about, ...kept })
    return true
  } catch (error) {
    log.error({ event: 'registry.message_not_kept', messageId, err: error })
    return false
  }
}

async function acknowledge({ newClTRID }: Polling, queue: Queue, { id }: PollMessage): Promise<boolean> {
  const answer = await queue.acknowledge(id, newClTRID())
  return answer.kind === 'answered'
}
