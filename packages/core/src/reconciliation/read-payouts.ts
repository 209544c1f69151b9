import type { BalanceRange, PaymentProvider, Payout } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { reasonOf } from './read-movements.ts'

/** A page has at most 100: this many are a million payouts, or ten million movements of one. */
const PAGES_MAX = 100_000

/** How many payouts were read, or why reading failed. */
type PayoutsRead =
  | { readonly kind: 'read'; readonly payouts: number }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Reads the payouts that were made in a range, and for each that is new which movements it pays out. Movements are read before (see
 * `readMovements`). No transaction is open while the provider is asked.
 */
export async function readPayouts(
  ctx: Context,
  provider: PaymentProvider,
  range: BalanceRange,
): Promise<PayoutsRead> {
  let cursor: string | undefined
  let payouts = 0
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await provider.listPayouts(range, cursor)
    if (answer.kind !== 'done') return { kind: 'failed', reason: reasonOf(answer) }
    await keepPayouts(ctx, provider.name, answer.value.payouts)
    payouts += answer.value.payouts.length
    cursor = answer.value.cursor
    if (cursor !== undefined) continue
    const failure = await itemise(ctx, provider)
    return failure === undefined ? { kind: 'read', payouts } : { kind: 'failed', reason: failure }
  }
  return { kind: 'failed', reason: `the list did not end after ${PAGES_MAX} pages` }
}

async function keepPayouts(
  ctx: Context,
  provider: PaymentProvider['name'],
  payouts: readonly Payout[],
): Promise<void> {
  if (payouts.length === 0) return
  await ctx.db
    .insertInto('payout')
    .values(
      payouts.map((payout) => ({
        id: ctx.newId(),
        provider,
        provider_payout_id: payout.providerPayoutId,
        state: payout.state,
        amount_minor: payout.amount.amountMinor,
        currency: payout.amount.currency,
        made_at: payout.createdAt,
        arrives_at: payout.arrivesAt,
        is_itemised: payout.isItemised,
      })),
    )
    .onConflict((on) =>
      on
        .constraint('payout_unique')
        .doUpdateSet((excluded) => ({
          state: excluded.ref('excluded.state'),
          arrives_at: excluded.ref('excluded.arrives_at'),
          is_itemised: excluded.ref('excluded.is_itemised'),
        }))
        .where(
          sql<boolean>`(payout.state, payout.arrives_at, payout.is_itemised)
            is distinct from (excluded.state, excluded.arrives_at, excluded.is_itemised)`,
        ),
    )
    .execute()
}

/** Returns why it failed. A payout of which we do not have every movement yet is asked about again by the next run. */
async function itemise(ctx: Context, provider: PaymentProvider): Promise<string | undefined> {
  const open = await ctx.db
    .selectFrom('payout')
    .select(['id', 'provider_payout_id'])
    .where('provider', '=', provider.name)
    .where('is_itemised', '=', true)
    .where('itemised_at', 'is', null)
    .orderBy('made_at')
    .execute()
  for (const { id, provider_payout_id } of open) {
    const failure = await readItems(ctx, provider, id, provider_payout_id)
    if (failure !== undefined) return failure
  }
  return undefined
}

async function readItems(
  ctx: Context,
  provider: PaymentProvider,
  id: string,
  providerPayoutId: string,
): Promise<string | undefined> {
  let cursor: string | undefined
  let isWhole = true
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await provider.listPayoutTransactions(providerPayoutId, cursor)
    if (answer.kind !== 'done') return reasonOf(answer)
    const ids = answer.value.transactions.map((movement) => movement.id)
    const { numUpdatedRows } = await ctx.db
      .updateTable('provider_movement')
      .set({ payout_id: id })
      .where('provider', '=', provider.name)
      .where(sql<boolean>`movement_id = any(${ids}::text[])`)
      .executeTakeFirstOrThrow()
    isWhole &&= Number(numUpdatedRows) === ids.length
    cursor = answer.value.cursor
    if (cursor === undefined) break
  }
  if (isWhole && cursor === undefined)
    await ctx.db
      .updateTable('payout')
      .set({ itemised_at: sql`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
  return undefined
}
