import { next, nextIfAllowed } from '@droplock/rules/machines/machine'
import { type RegistryRequestEvent, registryRequestMachine } from '@droplock/rules/machines/registry-request'
import { AMBIGUOUS_MS, requestAgainAt } from '@droplock/rules/renewals'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRequest } from '../locks.ts'

/** Finishes a request, with the answer that decided it if there is one. False where it was finished before. */
export async function finishRequest(
  tx: Transaction<Database>,
  answer: { readonly requestId: string; readonly code: number | null; readonly svTRID: string | null },
  now: Date,
): Promise<boolean> {
  const { requestId, code, svTRID } = answer
  const request = await lockRequest(tx, requestId)
  if (request.state === 'done') return false
  await tx
    .updateTable('registry_request')
    .set({
      state: next(registryRequestMachine, request.state, 'finish'),
      answer_code: code ?? request.answer_code,
      svtrid: svTRID ?? request.svtrid,
      done_at: now,
    })
    .where('id', '=', requestId)
    .execute()
  return true
}

/**
 * Records that a command is about to be sent, before it is: after a crash it is ambiguous, and after `AMBIGUOUS_MS` `info` decides. False
 * where the request is done: then nothing may be sent.
 */
export async function recordSending(ctx: Context, id: string, clTRID: string): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state === 'done') return false
    const decideAfter = new Date((await databaseTime(tx)).getTime() + AMBIGUOUS_MS)
    await tx
      .updateTable('registry_request')
      .set({ state: 'sent', cltrid: clTRID, svtrid: null, answer_code: null, try_after: decideAfter })
      .where('id', '=', id)
      .execute()
    return true
  })
}

type Unfinished = {
  /** `clear`: the registry certainly did nothing. Without it, what was ambiguous stays so. */
  readonly event?: Extract<RegistryRequestEvent, 'clear'>
  readonly code?: number | null
  readonly svTRID?: string | null
}

/** Records that a try did not finish a request, and when the next try is. */
export async function recordUnfinished(
  ctx: Context,
  id: string,
  { event, code = null, svTRID = null }: Unfinished,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state === 'done') return
    const state =
      event === undefined ? undefined : nextIfAllowed(registryRequestMachine, request.state, event)
    const again = requestAgainAt(request.attempts + 1, await databaseTime(tx))
    const isAmbiguous = (state ?? request.state) === 'sent'
    await tx
      .updateTable('registry_request')
      .set({
        state: state ?? request.state,
        answer_code: code ?? request.answer_code,
        svtrid: svTRID ?? request.svtrid,
        attempts: request.attempts + 1,
        try_after: isAmbiguous && request.try_after > again ? request.try_after : again,
      })
      .where('id', '=', id)
      .execute()
  })
}
