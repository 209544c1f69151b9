import { recordMessage } from '@droplock/core/registry-messages'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { PollMessage } from '@droplock/rules/ports/registry-objects'
import { pause } from '../loops.ts'
import { isInFlight, type Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'

/** An award comes hours after its application: this is soon enough, and a small part of any rate. */
const POLL_MS = 5_000

/** The parts of a leased account that polling needs. */
export type Polling = Pick<
  LeasedAccount,
  'account' | 'store' | 'createPool' | 'ctx' | 'lease' | 'log' | 'newClTRID' | 'pool' | 'registryNowMs'
>

/**
 * Reads the registry's messages while there are applications, until the signal aborts. A message about such a name causes an
 * `info` at once, which decides: a message alone never causes a win or a refund. Every message is stored before it is
 * acknowledged, since the registry deletes it then.
 */
export async function readMessagesUntil(polling: Polling, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const more = isApplied(polling) && polling.lease.maySend() && (await readOne(polling))
    if (!more) await pause(POLL_MS, signal)
  }
}

function isApplied({ store }: Polling): boolean {
  return [...store.all()].some(({ phase }) => phase === 'awaiting_award')
}

/** Whether there may be another message. The messages are on the hosts to which the applications were sent. */
async function readOne(polling: Polling): Promise<boolean> {
  const { messages } = polling.createPool() ?? polling.pool
  const answer = await messages.next(polling.newClTRID())
  const message = answer.kind === 'answered' ? answer.data?.message : undefined
  if (message === undefined || !noteAward(polling, message)) return false
  return (await keep(polling, message)) && acknowledge(polling, messages, message)
}

/** False while a command about the name is in flight: the message is read again. */
export function noteAward(
  { store, registryNowMs }: Pick<Polling, 'store' | 'registryNowMs'>,
  { pendingAction, about }: PollMessage,
): boolean {
  const name = pendingAction?.object === 'domain' ? pendingAction.name : about
  const target = [...store.all()].find((one) => one.name === name && one.phase === 'awaiting_award')
  if (target === undefined) return true
  if (isInFlight(target)) return false
  // Earlier answers say nothing about the award, so `info` follows without a pause.
  const updated: Target = { ...target, sinceMs: registryNowMs() }
  store.put(updated)
  return true
}

/** False while the database is unavailable: the message is read again. */
async function keep({ ctx, account, log }: Polling, message: PollMessage): Promise<boolean> {
  const { id: messageId, text, pendingAction, about } = message
  log.info({ event: 'registry.message', messageId, text, pendingAction, about })
  try {
    await recordMessage(ctx, account.id, message)
    return true
  } catch (error) {
    log.error({ event: 'registry.message_not_kept', messageId, err: error })
    return false
  }
}

async function acknowledge(
  { newClTRID }: Polling,
  messages: RegistrarPool['messages'],
  { id }: PollMessage,
): Promise<boolean> {
  const answer = await messages.acknowledge(id, newClTRID())
  return answer.kind === 'answered'
}
