import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockAccount } from '../accounts/lock.ts'
import type { Database } from '../database/tables.gen.ts'

/** A bank transfer with its account, locked: the account first. Throws Refusal('bank_transfer_not_found'). */
export async function lockTransfer(tx: Transaction<Database>, id: string) {
  // Which account it is of never changes, so that is read before any lock.
  const seen = await tx
    .selectFrom('bank_transfer')
    .select('account_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (seen === undefined) throw new Refusal('bank_transfer_not_found', 'No such transfer.', { id })
  const account = await lockAccount(tx, seen.account_id)
  const transfer = await tx
    .selectFrom('bank_transfer')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return {
    account,
    transfer,
    facts: { state: transfer.state, reversalProposedBy: transfer.reversal_proposed_by },
  }
}
