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

/** A provider's page has at most 100 movements: this many pages are ten million, more than any range has. */
const PAGES_MAX = 100_000

/** How many movements were read, or why reading failed. */
type MovementsRead =
  | { readonly kind: 'read'; readonly movements: number }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Reads all movements of a closed range, page by page, and keeps for each the first and the last report. A movement that was reported
 * before and is no longer in its range is marked as gone. No transaction is open while the provider is asked. `onPage` gets how many
 * there are so far.
 */
export async function readMovements(
  ctx: Context,
  run: Run,
  provider: PaymentProvider,
  range: BalanceRange,
  onPage: (movements: number) => Promise<void> = async () => undefined,
): Promise<MovementsRead> {
  let cursor: string | undefined
  let movements = 0
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await provider.listBalanceTransactions(range, cursor)
    if (answer.kind !== 'done') return { kind: 'failed', reason: reasonOf(answer) }
    await keepMovements(ctx, run, provider.name, answer.value.transactions)
    movements += answer.value.transactions.length
    await onPage(movements)
    cursor = answer.value.cursor
    if (cursor === undefined) {
      await markGone(ctx, run, provider.name, range)
      return { kind: 'read', movements }
    }
  }
  return { kind: 'failed', reason: `the list did not end after ${PAGES_MAX} pages` }
}

export function reasonOf(answer: Exclude<Answer<unknown>, { kind: 'done' }>): string {
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
  const report = describe(movement)
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
    told_first: report,
    told_last: report,
    first_told_at: run.startedAt,
    last_told_at: run.startedAt,
    last_told_run: run.id,
  }
}

/** A movement in one line. */
function describe({ kind, objectId = '-', amount, settled, fee, createdAt }: BalanceTransaction): string {
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
