import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { ProviderName } from './read-provider-facts.ts'

/** What both sides know, in one currency: by our rows, by our ledger, and by the provider's movements. Minor units. */
export type ProviderSum = {
  readonly currency: string
  readonly rowsMinor: bigint
  readonly ledgerMinor: bigint
  readonly movementsMinor: bigint
}

/**
 * Sums what both sides know and booked before `dueBefore`. Rows and movements differ by what the findings say; rows and the
 * ledger never do. `provider_clearing` is negative by what the provider holds for us.
 */
export async function sumProvider(
  db: Kysely<Database>,
  provider: ProviderName,
  booked: ReadonlyMap<string, bigint>,
  dueBefore: Date,
): Promise<readonly ProviderSum[]> {
  const { rows } = await sql<{ currency: string; ledger: string; movements: string }>`
    with posted as (
      select posting.amount_minor, posting.currency::text as currency, case posting.cause
          when 'refund_paid' then refund.provider_refund_id when 'refund_returned' then refund.provider_refund_id
          when 'dispute' then taken.provider_dispute_id when 'dispute_won' then won.provider_dispute_id
          else payment.provider_id end as object_id,
        case posting.cause when 'refund_paid' then 'refund' when 'refund_returned' then 'refund_failure'
          when 'dispute' then 'dispute' when 'dispute_won' then 'dispute_reversal' else 'payment' end as kind
      from posting join payment on payment.id = posting.payment_id
        left join refund on posting.cause in ('refund_paid', 'refund_returned') and refund.id = posting.cause_id
        left join dispute as taken on posting.cause = 'dispute' and taken.id = posting.cause_id
        left join dispute as won on posting.cause = 'dispute_won' and won.reversal_id = posting.cause_id
      where posting.ledger_account = 'provider_clearing' and payment.provider = ${provider} and posting.posted_at < ${dueBefore}
    ), known as (
      select posted.amount_minor, posted.currency, posted.object_id, posted.kind from posted where exists (
        select from provider_movement where provider = ${provider} and gone_at is null
          and provider_movement.object_id = posted.object_id and provider_movement.kind = posted.kind)
    ), told as (
      select coalesce(movement.amount_minor, movement.settled_minor) as amount_minor,
        coalesce(movement.currency, movement.settled_currency)::text as currency
      from provider_movement as movement
      where movement.provider = ${provider} and movement.gone_at is null
        and exists (select from known where known.object_id = movement.object_id and known.kind = movement.kind)
    )
    select used.currency,
      (select coalesce(-sum(amount_minor), 0) from known where known.currency = used.currency) as ledger,
      (select coalesce(sum(amount_minor), 0) from told where told.currency = used.currency) as movements
    from (select currency from known union select currency from told) as used order by 1`.execute(db)
  const summed = rows.map((row) => ({
    currency: row.currency,
    rowsMinor: booked.get(row.currency) ?? 0n,
    ledgerMinor: BigInt(row.ledger),
    movementsMinor: BigInt(row.movements),
  }))
  const others = [...booked].filter(([currency]) => !rows.some((row) => row.currency === currency))
  return [
    ...summed,
    ...others.map(([currency, rowsMinor]) => ({ currency, rowsMinor, ledgerMinor: 0n, movementsMinor: 0n })),
  ]
}
