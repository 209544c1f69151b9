import type { ConfirmationMeans } from '@droplock/rules/confirmations'
import type { Kysely } from 'kysely'
import type { Database } from './database/tables.gen.ts'

/** Why a listing was withdrawn before its drop: what the registry showed, or the decision of operators. */
export type WithdrawalEvidence = {
  readonly at: Date
  /** Null where operators decided. */
  readonly means: ConfirmationMeans | null
  /** The EPP result code or the HTTP status. */
  readonly code: number | null
  readonly finding: string | null
}

/** The evidence of a listing's withdrawal; undefined where it was not withdrawn. */
export async function findWithdrawalEvidence(
  db: Kysely<Database>,
  listingId: string,
): Promise<WithdrawalEvidence | undefined> {
  return db
    .selectFrom('withdrawal')
    .leftJoin('confirmation_answer as answer', 'answer.id', 'withdrawal.answer_id')
    .select(['withdrawal.at', 'answer.means', 'answer.code', 'answer.finding'])
    .where('withdrawal.listing_id', '=', listingId)
    .executeTakeFirst()
}
