import type { BalanceTransaction, PaymentProvider } from '@droplock/rules/ports/payments'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import { sql, type Transaction } from 'kysely'
import { expect } from 'vitest'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { releaseBackorder } from '../../src/backorders/release.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { createIntent } from '../../src/payment-provider/ask.ts'
import { handleProviderEvent, recordProviderEvent } from '../../src/payment-provider/handle-events.ts'
import { type Reconcile, type Reconciled, reconcile } from '../../src/reconciliation/reconcile.ts'
import { sendRefund } from '../../src/refunds/send.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'
import { openSandbox, type ProviderWorld } from './provider-worlds.ts'

export type BooksWorld = {
  readonly ctx: Context
  readonly buyer: AccountContext
  readonly there: ProviderWorld
}

export async function givenBooks(tx: Transaction<Database>, there: ProviderWorld): Promise<BooksWorld> {
  const ctx = contextOf(tx)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['one.test', 'two.test', 'three.test', 'four.test'] })
  return { ctx, buyer: await givenAccount(ctx, { balanceMinor: 0n }), there }
}

/** Books beside a sandbox of their own, undone afterwards. */
export function inSandboxBooks(work: (world: BooksWorld) => Promise<void>): Promise<void> {
  return rolledBack(async (tx) => {
    const there = await openSandbox()
    try {
      await work(await givenBooks(tx, there))
    } finally {
      await there.stop()
    }
  })
}

/** The provider's word of an object reaches us and is handled. */
export async function hear(
  { ctx, there: { provider } }: BooksWorld,
  about: 'payment' | 'refund' | 'dispute',
  objectId: string,
): Promise<void> {
  await recordProviderEvent(ctx, provider.name, { kind: 'event', eventId: ctx.newId(), about, objectId })
  while (await handleProviderEvent(ctx, provider));
}

/** A name held and paid by card, or paid too late. Ours and the provider's id of the payment. */
export async function givenCardOrder(
  world: BooksWorld,
  name: string,
  { card = 'approve', late = false }: { card?: 'approve' | 'refund_fails_later'; late?: boolean } = {},
) {
  const { buyer, there } = world
  const { id, paymentId } = await placeBackorder(buyer, { name, payment: 'card' })
  const intent = await ask(world, paymentId)
  await there.pay(intent, card)
  if (late) {
    await releaseBackorder(buyer, id)
    await sql`update listing set cutoff_at = clock_timestamp() where name = ${name}`.execute(world.ctx.db)
  }
  await hear(world, 'payment', intent.providerId)
  return { paymentId, providerId: intent.providerId }
}

export async function givenTopUp(world: BooksWorld, amountMinor = 5_000n) {
  const paymentId = await openTopUp(world.buyer, amountMinor)
  const intent = await ask(world, paymentId)
  await world.there.pay(intent)
  await hear(world, 'payment', intent.providerId)
  return { paymentId, providerId: intent.providerId }
}

export async function ask({ ctx, there }: BooksWorld, paymentId: string) {
  const answer = await createIntent(ctx, there.provider, paymentId)
  if (answer.kind !== 'done') throw new Error(`the provider said ${answer.kind}`)
  return answer.value
}

/** Sends every refund that waits. The refund of a payment, ours and the provider's id. */
export async function sendRefunds({ ctx, there }: BooksWorld, paymentId: string) {
  await sql`update refund set try_after = clock_timestamp() where try_after is not null`.execute(ctx.db)
  while (await sendRefund(ctx, there.provider));
  const refund = await ctx.db
    .selectFrom('refund')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .executeTakeFirstOrThrow()
  return { refundId: refund.id, providerRefundId: refund.provider_refund_id ?? '' }
}

/** All at once: nothing is waited for in a test. */
export const terms = { closedAfterMs: -1_000, lookBackMs: 86_400_000, settlingMs: 0, runMsMax: 60_000 }

export async function reconcileNow(
  { ctx, there }: BooksWorld,
  overrides: Partial<Reconcile> = {},
): Promise<Reconciled & { readonly found: readonly Finding[] }> {
  const found: Finding[] = []
  const result = await reconcile(ctx, {
    cause: { kind: 'command' },
    provider: there.provider,
    reports: [],
    terms,
    onFinding: (finding) => found.push(finding),
    ...overrides,
  })
  if (result === undefined) throw new Error('another run is under way')
  expect(result.findings).toBe(found.length)
  return { ...result, found }
}

export async function allMovements(provider: PaymentProvider): Promise<readonly BalanceTransaction[]> {
  const all: BalanceTransaction[] = []
  let cursor: string | undefined
  do {
    const range = { from: new Date(0), to: new Date(Date.now() + 60_000) }
    const answer = await provider.listBalanceTransactions(range, cursor)
    if (answer.kind !== 'done') throw new Error(`the provider said ${answer.kind}`)
    all.push(...answer.value.transactions)
    cursor = answer.value.cursor
  } while (cursor !== undefined)
  return all
}

export async function movementOf(
  provider: PaymentProvider,
  objectId: string,
  kind: BalanceTransaction['kind'] = 'payment',
): Promise<string> {
  const found = (await allMovements(provider)).find(
    (movement) => movement.objectId === objectId && movement.kind === kind,
  )
  if (found === undefined) throw new Error(`no ${kind} of ${objectId}`)
  return found.id
}
