import { next } from '@droplock/rules/machines/machine'
import { registryContactMachine } from '@droplock/rules/machines/registry-contact'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { finishRequest } from '../registry-requests/record.ts'

type ContactResult = {
  readonly requestId: string
  readonly contactId: string
  readonly registryAccountId: string
  /** The EPP result code that decided it, and the registry's id of that answer, where one did. */
  readonly code: number | null
  readonly svTRID: string | null
} & (
  | { readonly outcome: 'created'; readonly handle: string }
  | { readonly outcome: 'failed'; readonly message: string }
)

const events = { created: 'create', failed: 'fail' } as const

/**
 * Records the result of creating a contact at its registry: created with its id there, or refused with what the registry said. Done
 * once: a repetition returns false.
 */
export async function recordContactResult(ctx: Context, result: ContactResult): Promise<boolean> {
  const { requestId, contactId, registryAccountId, code, svTRID } = result
  return inTransaction(ctx.db, async (tx) => {
    const now = await databaseTime(tx)
    if (!(await finishRequest(tx, { requestId, code, svTRID }, now))) return false
    const answer =
      result.outcome === 'created'
        ? { handle: result.handle }
        : { answer_code: code, answer_message: result.message }
    // Pending as long as its request is: the two are decided together.
    const state = next(registryContactMachine, 'pending', events[result.outcome])
    await tx
      .updateTable('registry_contact')
      .set({ ...answer, state, decided_at: now })
      .where('contact_id', '=', contactId)
      .where('registry_account_id', '=', registryAccountId)
      .execute()
    return true
  })
}
