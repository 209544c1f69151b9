import { recordMessage } from '@droplock/core/registry-messages'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { PollMessage } from '@droplock/rules/ports/registry-objects'
import { pause } from '../loops.ts'
import type { Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'

/** An award is told hours after its application: this is soon enough, and a small part of any rate. */
const POLL_MS = 5_000

/** What polls need of the hold. */
export type Polling = Pick<
  LeasedAccount,
  'account' | 'store' | 'createPool' | 'ctx' | 'lease' | 'log' | 'newClTRID' | 'pool' | 'registryNowMs'
>

/**
 * Reads the registry's messages while names are applied for, until the signal aborts. A message about such a name makes `info` ask
 * about it at once, and that decides as always: a message alone never makes a win or a refund. Each is kept, whatever it is about,
 * before it is acknowledged: the registry forgets it then.
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

/** Whether there may be another message. The queue is where the applications went. */
async function readOne(polling: Polling): Promise<boolean> {
  const { messages } = polling.createPool() ?? polling.pool
  const answer = await messages.next(polling.newClTRID())
  const message = answer.kind === 'answered' ? answer.data?.message : undefined
  if (message === undefined || !noteAward(polling, message)) return false
  return (await keep(polling, message)) && acknowledge(polling, messages, message)
}

/** False while a command about the name is under way: the message is read again. */
export function noteAward(
  { store, registryNowMs }: Pick<Polling, 'store' | 'registryNowMs'>,
  { pendingAction, about }: PollMessage,
): boolean {
  const name = pendingAction?.object === 'domain' ? pendingAction.name : about
  const target = [...store.all()].find((one) => one.name === name && one.phase === 'awaiting_award')
  if (target === undefined) return true
  if (target.busy) return false
  // What was asked before the message says nothing of the award: `info` follows without a pause.
  const told: Target = { ...target, sinceMs: registryNowMs() }
  store.put(told)
  return true
}

/** False while the database is away: the message is read again. */
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
