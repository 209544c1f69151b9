import { next, peek } from '@droplock/rules/machines/machine'
import { type RegistryRequestEvent, registryRequestMachine } from '@droplock/rules/machines/registry-request'
import { DOUBT_MS, requestAgainAt } from '@droplock/rules/renewals'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRequest } from '../locks.ts'

/** Ends a request, with the answer that decided it where one did. False where it had ended before. */
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
 * Writes that a command is about to leave, before it does: after a crash it is in doubt, and after `DOUBT_MS` `info`
 * tells. False where the request is done, so nothing may be sent.
 */
export async function noteSending(ctx: Context, id: string, clTRID: string): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state === 'done') return false
    const lookAfter = new Date((await databaseTime(tx)).getTime() + DOUBT_MS)
    await tx
      .updateTable('registry_request')
      .set({ state: 'sent', cltrid: clTRID, svtrid: null, answer_code: null, try_after: lookAfter })
      .where('id', '=', id)
      .execute()
    return true
  })
}

type Unfinished = {
  /** `clear`: the registry did nothing, for certain. Without it, what was in doubt stays so. */
  readonly event?: Extract<RegistryRequestEvent, 'clear'>
  readonly code?: number | null
  readonly svTRID?: string | null
}

/** Writes that a try did not finish a request, and when the next one is. */
export async function noteUnfinished(
  ctx: Context,
  id: string,
  { event, code = null, svTRID = null }: Unfinished,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state === 'done') return
    const state = event === undefined ? undefined : peek(registryRequestMachine, request.state, event)
    const again = requestAgainAt(request.attempts + 1, await databaseTime(tx))
    const isInDoubt = (state ?? request.state) === 'sent'
    await tx
      .updateTable('registry_request')
      .set({
        state: state ?? request.state,
        answer_code: code ?? request.answer_code,
        svtrid: svTRID ?? request.svtrid,
        attempts: request.attempts + 1,
        try_after: isInDoubt && request.try_after > again ? request.try_after : again,
      })
      .where('id', '=', id)
      .execute()
  })
}
