import { formatMoney } from '@droplock/rules/money'
import type {
  Answer,
  BalanceRange,
  BalanceTransaction,
  PaymentProvider,
} from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Run } from './run.ts'

/** A page of a provider holds at most 100: this many pages are ten million movements, more than any range has. */
const pagesMax = 100_000

/** What came of reading: how many movements, or why it stopped. */
type MovementsRead =
  | { readonly kind: 'read'; readonly movements: number }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Reads all movements of a closed range, page by page, and keeps each with what was told of it first and last. One that was
 * told before and is not in its range any more is marked as gone. No transaction is open while the provider is asked.
 */
export async function readMovements(
  ctx: Context,
  run: Run,
  provider: PaymentProvider,
  range: BalanceRange,
): Promise<MovementsRead> {
  let cursor: string | undefined
  let movements = 0
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await provider.listBalanceTransactions(range, cursor)
    if (answer.kind !== 'done') return { kind: 'failed', reason: reasonOf(answer) }
    await keepMovements(ctx, run, provider.name, answer.value.transactions)
    movements += answer.value.transactions.length
    cursor = answer.value.cursor
    if (cursor === undefined) {
      await markGone(ctx, run, provider.name, range)
      return { kind: 'read', movements }
    }
  }
  return { kind: 'failed', reason: `there was no end of it after ${pagesMax} pages` }
}

function reasonOf(answer: Exclude<Answer<unknown>, { kind: 'done' }>): string {
  return `${answer.kind}, ${answer.reason}`
}

async function keepMovements(
  ctx: Context,
  run: Run,
  provider: PaymentProvider['name'],
  movements: readonly BalanceTransaction[],
): Promise<void> {
  if (movements.length === 0) return
  await ctx.db
    .insertInto('provider_movement')
    .values(movements.map((movement) => rowOf(run, provider, movement)))
    .onConflict((on) =>
      on.columns(['provider', 'movement_id']).doUpdateSet((excluded) => ({
        kind: excluded.ref('excluded.kind'),
        object_id: excluded.ref('excluded.object_id'),
        amount_minor: excluded.ref('excluded.amount_minor'),
        currency: excluded.ref('excluded.currency'),
        settled_minor: excluded.ref('excluded.settled_minor'),
        settled_currency: excluded.ref('excluded.settled_currency'),
        fee_minor: excluded.ref('excluded.fee_minor'),
        fee_currency: excluded.ref('excluded.fee_currency'),
        moved_at: excluded.ref('excluded.moved_at'),
        told_last: excluded.ref('excluded.told_last'),
        last_told_at: excluded.ref('excluded.last_told_at'),
        last_told_run: excluded.ref('excluded.last_told_run'),
        gone_at: null,
      })),
    )
    .execute()
}

function rowOf(run: Run, provider: PaymentProvider['name'], movement: BalanceTransaction) {
  const told = tell(movement)
  return {
    provider,
    movement_id: movement.id,
    kind: movement.kind,
    object_id: movement.objectId ?? null,
    amount_minor: movement.amount?.amountMinor ?? null,
    currency: movement.amount?.currency ?? null,
    settled_minor: movement.settled.amountMinor,
    settled_currency: movement.settled.currency,
    fee_minor: movement.fee.amountMinor,
    fee_currency: movement.fee.currency,
    moved_at: movement.createdAt,
    told_first: told,
    told_last: told,
    first_told_at: run.startedAt,
    last_told_at: run.startedAt,
    last_told_run: run.id,
  }
}

/** All that is told of a movement, in one line. */
function tell({ kind, objectId = '-', amount, settled, fee, createdAt }: BalanceTransaction): string {
  const seen = amount === undefined ? '' : ` ${formatMoney(amount)},`
  return `${kind} of ${objectId},${seen} settled ${formatMoney(settled)}, fee ${formatMoney(fee)}, ${createdAt.toISOString()}`
}

async function markGone(
  ctx: Context,
  run: Run,
  provider: PaymentProvider['name'],
  { from, to }: BalanceRange,
): Promise<void> {
  await ctx.db
    .updateTable('provider_movement')
    .set({ gone_at: sql`clock_timestamp()` })
    .where('provider', '=', provider)
    .where('moved_at', '>=', from)
    .where('moved_at', '<', to)
    .where('last_told_run', '<>', run.id)
    .where('gone_at', 'is', null)
    .execute()
}
