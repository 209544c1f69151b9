import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A payout in the version that was seen, locked. Throws Refusal: payout_not_found, payout_changed. */
export async function lockPayout(tx: Transaction<Database>, id: string, version: number) {
  const payout = await tx.selectFrom('payout').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (payout === undefined) throw new Refusal('payout_not_found', 'No such payout.', { id })
  if (payout.version !== version)
    throw new Refusal('payout_changed', 'Another person changed the match meanwhile.', {
      version: payout.version,
    })
  return payout
}
