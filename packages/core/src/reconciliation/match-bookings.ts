import { formatMoney, type Money, money } from '@droplock/rules/money'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import {
  type BookingKind,
  bookingsOf,
  type ProviderBooking,
} from '@droplock/rules/reconciliation/provider-bookings'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database, ProviderMovementTable } from '../database/tables.gen.ts'
import { toMovement } from './movement-row.ts'
import type { ProviderName } from './provider.ts'

/** A query of a few milliseconds. */
const MOVEMENTS_PER_PAGE = 500

type Booked = { readonly kind: BookingKind; readonly amount_minor: string; readonly currency: string }
type Row = Selectable<ProviderMovementTable> & { readonly booked: readonly Booked[] }

/**
 * Compares the fees, payouts and exchanges that we booked with the movements they were booked for, a page at a time: a movement that
 * was reported with another amount afterwards, or is no longer reported, is a finding. What was booked stays booked.
 */
export async function* matchBookings(
  db: Kysely<Database>,
  provider: ProviderName,
): AsyncGenerator<readonly Finding[]> {
  let after = ''
  for (;;) {
    const { rows } = await sql<Row>`
      select movement.*, booking.booked from provider_movement as movement,
        lateral (select json_agg(json_build_object('kind', kind, 'amount_minor', amount_minor::text, 'currency', currency)) as booked
          from provider_booking where provider = movement.provider and movement_id = movement.movement_id) as booking
      where movement.provider = ${provider} and movement.movement_id > ${after} and movement.booked_at is not null
        and booking.booked is not null
        -- One of a payment, refund or dispute that is gone is a finding of that.
        and (movement.gone_at is null or movement.kind in ('fee', 'payout'))
      order by movement.movement_id limit ${MOVEMENTS_PER_PAGE}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.flatMap((row) => compare(provider, row))
    after = last.movement_id
  }
}

function compare(provider: ProviderName, row: Row): Finding[] {
  const booked = row.booked.map(({ kind, amount_minor, currency }): ProviderBooking => {
    return { kind, amount: money(BigInt(amount_minor), currency) }
  })
  const reported = row.gone_at === null ? bookingsOf(toMovement(row)) : []
  // Another rate is another amount of the payment, which is a finding of that.
  return booked.flatMap(({ kind, amount }) => {
    if (kind === 'exchange_out' || kind === 'exchange_in') return []
    const now = reported.find((each) => each.kind === kind && each.amount.currency === amount.currency)
    if (now?.amount.amountMinor === amount.amountMinor) return []
    return [differing(provider, row, kind, amount, now?.amount)]
  })
}

function differing(
  provider: ProviderName,
  { movement_id, told_last, gone_at }: Row,
  kind: BookingKind,
  ours: Money,
  theirs: Money | undefined,
): Finding {
  const what = `${kind.replaceAll('_', ' ')} of ${formatMoney(ours)} that we booked`
  return {
    side: 'provider',
    source: provider,
    kind: gone_at === null ? 'altered' : 'missing_there',
    subject: `${kind} of ${movement_id}`,
    oursAmount: ours,
    theirIds: [movement_id],
    ...(theirs === undefined ? {} : { theirsAmount: theirs }),
    detail:
      gone_at === null
        ? `${what} is reported as ${theirs === undefined ? 'nothing' : formatMoney(theirs)}: ${told_last}`
        : `${what} is no longer among their movements; it was reported before: ${told_last}`,
  }
}
