import { next } from '@droplock/rules/machines/machine'
import { registryRequestMachine } from '@droplock/rules/machines/registry-request'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { lockRequest } from './lock.ts'

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
