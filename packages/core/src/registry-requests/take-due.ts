import { UNAVAILABLE_MS_MAX } from '@droplock/rules/renewals/try-later'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

/** A request to renew, with all that deciding it needs. */
export type DueRequest = {
  readonly id: string
  readonly renewalId: string
  readonly registrationId: string
  readonly name: string
  readonly crDate: Date
  readonly quotedExpiresAt: Date
  readonly years: number
  /** Tries before this one. */
  readonly attempts: number
  /** A renew was about to leave at some time: an expiry that moved may be its work. */
  readonly wasSent: boolean
  /** One did, and what came of it is not known: until that is, nothing is given up. */
  readonly inDoubt: boolean
  /** It was paid too long ago to be tried for ever. */
  readonly isOverdue: boolean
}

/**
 * Takes the request of a registry account that is due the longest, for the catcher that holds its lease: the renewal is
 * `renewing` from here on, and a taker that dies is followed by another. `undefined` when none is due.
 */
export async function takeDueRequest(
  ctx: Context,
  registryAccountId: string,
): Promise<DueRequest | undefined> {
  const due = await ctx.db
    .selectFrom('registry_request')
    .select(['id', 'renewal_id'])
    .where('registry_account_id', '=', registryAccountId)
    .where('state', '<>', 'done')
    .where('try_after', '<=', sql<Date>`statement_timestamp()`)
    .orderBy('try_after')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return undefined
  return inTransaction(ctx.db, async (tx) => {
    // Locks as everywhere: the renewal, then its request.
    await sql`update renewal set state = 'renewing' where id = ${due.renewal_id} and state = 'paid'`.execute(
      tx,
    )
    const { rows } = await sql<DueRequest>`
      select request.id, renewal.id as "renewalId", registration.id as "registrationId", registration.name,
        registration.cr_date as "crDate", quoted_expires_at as "quotedExpiresAt", years, attempts,
        cltrid is not null as "wasSent", request.state = 'sent' as "inDoubt",
        paid_at + ${UNAVAILABLE_MS_MAX} * interval '1 millisecond' <= clock_timestamp() as "isOverdue"
      from registry_request as request join renewal on renewal.id = request.renewal_id
        join registration on registration.id = renewal.registration_id
      where request.id = ${due.id} and request.state <> 'done' and renewal.state = 'renewing'`.execute(tx)
    return rows[0]
  })
}
