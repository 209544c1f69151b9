import { peek } from '@droplock/rules/machines/machine'
import { type RegistryRequestEvent, registryRequestMachine } from '@droplock/rules/machines/registry-request'
import { requestAgainAt } from '@droplock/rules/renewals/try-later'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRequest } from './lock.ts'

export type Unfinished = {
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
