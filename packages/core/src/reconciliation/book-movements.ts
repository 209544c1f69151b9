import { bookingsOf } from '@droplock/rules/reconciliation/provider-bookings'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database, ProviderMovementTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type LedgerAccount, type Move, postAll } from '../ledger/post.ts'
import { toMovement } from './movement-row.ts'
import type { ProviderName } from './provider.ts'

/** A transaction of some milliseconds: all who post wait for it while a month is closed. */
const MOVEMENTS_PER_BATCH = 200

/**
 * Books what only the provider knows of its movements: fees, payouts, and exchanges of currency. Each once, whoever else does so
 * (`one_booking_of_a_kind_per_movement`), and into the month that is open, whenever it happened. Returns how many movements were
 * looked at.
 */
export async function bookMovements(ctx: Context, provider: ProviderName): Promise<number> {
  let after = ''
  let done = 0
  for (;;) {
    const batch = await inTransaction(ctx.db, async (tx) => {
      const rows = await lockUnbooked(tx, provider, after)
      await bookAll(tx, ctx, rows)
      return rows
    })
    const last = batch.at(-1)
    if (last === undefined) return done
    done += batch.length
    after = last.movement_id
  }
}

type Row = Selectable<ProviderMovementTable> & { readonly is_known: boolean }

async function lockUnbooked(
  tx: Transaction<Database>,
  provider: ProviderName,
  after: string,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select movement.*, exists (select from payment where payment.provider = movement.provider and provider_id = object_id)
      or exists (select from refund where provider_refund_id = object_id)
      or exists (select from dispute where provider_dispute_id = object_id) as is_known
    from provider_movement as movement
    where provider = ${provider} and booked_at is null and gone_at is null and movement_id > ${after}
    order by movement_id limit ${MOVEMENTS_PER_BATCH} for update`.execute(tx)
  return rows
}

/** The other side of each booking. */
const counterparts = {
  provider_fee: 'provider_fees',
  payout: 'bank_clearing',
  exchange_out: 'currency_exchange',
  exchange_in: 'currency_exchange',
} as const satisfies Record<string, LedgerAccount>

async function bookAll(tx: Transaction<Database>, ctx: Context, rows: readonly Row[]): Promise<void> {
  // What became another currency is in our ledger once we know whose it is.
  const bookable = rows.filter(({ currency, settled_currency, is_known }) => {
    return is_known || currency === null || currency === settled_currency
  })
  if (bookable.length === 0) return
  const now = await databaseTime(tx)
  const bookings = bookable.flatMap((row) =>
    bookingsOf(toMovement(row)).map(({ kind, amount }) => ({
      id: ctx.newId(),
      provider: row.provider,
      movement_id: row.movement_id,
      kind,
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      booked_at: now,
    })),
  )
  if (bookings.length > 0) await tx.insertInto('provider_booking').values(bookings).execute()
  await postAll(
    tx,
    bookings.map(({ id, kind, amount_minor, currency }): Move => {
      const [from, to] =
        amount_minor > 0n
          ? (['provider_clearing', counterparts[kind]] as const)
          : ([counterparts[kind], 'provider_clearing'] as const)
      const amountMinor = amount_minor > 0n ? amount_minor : -amount_minor
      return { cause: kind, causeId: id, from, to, amountMinor, currency }
    }),
  )
  await tx
    .updateTable('provider_movement')
    .set({ booked_at: now })
    .where('provider', 'in', [...new Set(bookable.map((row) => row.provider))])
    .where(sql<boolean>`movement_id = any(${bookable.map((row) => row.movement_id)}::text[])`)
    .execute()
}
