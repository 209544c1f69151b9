import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { BalanceCause } from '../ledger/move.ts'

/** `from` inclusive, `to` exclusive. */
export type Period = { readonly from: Date; readonly to: Date }

/** What one cause did to the balance: `creditMinor` came in, `debitMinor` went out, both at least 0. */
export type Activity = {
  readonly cause: BalanceCause
  readonly count: number
  readonly creditMinor: bigint
  readonly debitMinor: bigint
}

export type Statement = Period & {
  readonly currency: string
  readonly openingMinor: bigint
  readonly activity: readonly Activity[]
  readonly closingMinor: bigint
}

/**
 * An account over a period: opening + activity = closing, each summed from the postings by itself and in one snapshot. Throws
 * Refusal('invalid_period').
 */
export async function readStatement(
  db: Kysely<Database>,
  { accountId, currency }: { readonly accountId: string; readonly currency: string },
  { from, to }: Period,
): Promise<Statement> {
  if (from > to) throw new Refusal('invalid_period', 'The period ends before it starts.')
  const { rows } = await sql<Row>`
    with mine as (
      select cause, amount_minor, posted_at from posting
      where account_id = ${accountId} and ledger_account = 'customer_balance' and posted_at < ${to}
    )
    select cause, count(*)::integer as count,
      coalesce(sum(amount_minor) filter (where amount_minor > 0), 0) as credit,
      coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0) as debit,
      (select coalesce(sum(amount_minor), 0) from mine where posted_at < ${from}) as opening,
      (select coalesce(sum(amount_minor), 0) from mine) as closing
    from mine where posted_at >= ${from} group by grouping sets ((cause), ()) order by cause nulls first`.execute(
    db,
  )
  const total = rows.find((row) => row.cause === null)
  return {
    from,
    to,
    currency,
    openingMinor: BigInt(total?.opening ?? 0),
    activity: rows.flatMap((row) => (row.cause === null ? [] : [toActivity(row, row.cause)])),
    closingMinor: BigInt(total?.closing ?? 0),
  }
}

type Row = {
  /** The empty grouping set: there even when nothing happened. */
  readonly cause: BalanceCause | null
  readonly count: number
  readonly credit: string
  readonly debit: string
  readonly opening: string
  readonly closing: string
}

function toActivity({ count, credit, debit }: Row, cause: BalanceCause): Activity {
  return { cause, count, creditMinor: BigInt(credit), debitMinor: BigInt(debit) }
}
