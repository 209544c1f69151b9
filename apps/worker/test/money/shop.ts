import { openAccount } from '@droplock/core/accounts/administer'
import { placeBackorder } from '@droplock/core/backorders/place'
import { type AccountContext, actFor, asService, type Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { createIntent } from '@droplock/core/payment-provider/ask'
import { defineRegistry } from '@droplock/core/registries/define'
import { orderRenewal } from '@droplock/core/renewals/order'
import { quoteRenewal } from '@droplock/core/renewals/read'
import { closeDue } from '@droplock/core/schedule/steps'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { recordOutcome } from '@droplock/core/targets/record-outcome'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import type { Intent, PaymentProvider } from '@droplock/rules/ports/payments'
import { registrationOf } from '../../../../packages/core/test/support/registration-of.ts'
import { REGISTRY } from '../support/world.ts'

export const PRICE_MINOR = 1_900n
const REGISTRY_ACCOUNT = 'test-registry/droplock'
const HOUR_MS = 3_600_000

export const registryAccount = {
  id: REGISTRY_ACCOUNT,
  clid: 'droplock',
  hosts: [{ host: '127.0.0.1', port: 7700 }],
  isSimulator: true,
  limits: { sessionsMax: 1, commandsPerSecondMax: 1 },
}

/** Puts names on sale that drop in an hour, at a simulated registry. Returns a buyer with an empty balance. */
export async function givenShop(ctx: Context, names: readonly string[]): Promise<AccountContext> {
  await defineRegistry(asService(ctx), {
    id: REGISTRY,
    profile: 'generic',
    accounts: [registryAccount],
    zones: [],
  })
  const run = await stageList(ctx, {
    registryId: REGISTRY,
    source: 'test',
    format: 'test',
    contentSha256: () => Buffer.from(ctx.newId()),
    scope: () => ({ kind: 'increment', zones: ['test'] }),
    entries: entriesOf(names, new Date(Date.now() + HOUR_MS)),
  })
  await publishRun(ctx, { runId: run.id, opensAt: new Date(0) })
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  const scopes = [
    'listings:read',
    'backorders:read',
    'backorders:write',
    'registrations:read',
    'registrations:write',
    'balance:read',
    'contacts:write',
  ] as const
  return actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes, currency: 'USD' })
}

async function* entriesOf(names: readonly string[], purgeAt: Date): AsyncGenerator<DropEntry> {
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, name] of names.entries())
    yield { kind: 'row', line: index + 1, name, zone: 'test', purgeAt, dropDate }
}

/** Orders by card and asks the provider, as the gateway does. */
export async function orderByCard(
  buyer: AccountContext,
  provider: PaymentProvider,
  name: string,
): Promise<{ readonly id: string; readonly paymentId: string; readonly intent: Intent }> {
  const { id, paymentId } = await placeBackorder(buyer, { name, payment: 'card' })
  const answer = await createIntent(buyer, provider, paymentId)
  if (answer.kind !== 'done') throw new Error(answer.reason)
  return { id, paymentId, intent: answer.value }
}

export async function stateOf(ctx: Context, backorderId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('backorder')
    .select('state')
    .where('id', '=', backorderId)
    .executeTakeFirstOrThrow()
  return row.state
}

/** Every secured name drops now, and ends so. */
export async function dropAll(ctx: Context, outcome: 'registered' | 'lost'): Promise<void> {
  await ctx.db.updateTable('listing').set({ cutoff_at: new Date() }).where('state', '=', 'open').execute()
  // A worker that runs may be closing some of them at this moment, which are skipped here.
  const open = ctx.db.selectFrom('listing').select('id').where('state', '=', 'open')
  while ((await open.execute()).length > 0) await closeDue(ctx)
  const targets = await ctx.db.selectFrom('catch_target').select(['id', 'listing_id']).execute()
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  for (const { id: targetId, listing_id: listingId } of targets) {
    const facts = { targetId, listingId, registryAccountId: REGISTRY_ACCOUNT, attempts: [] }
    const answer = { ...facts, code: null, holderClid: null }
    await recordOutcome(
      ctx,
      outcome === 'lost' ? { ...answer, outcome } : { ...answer, outcome, crDate: new Date() },
    )
  }
}

/** Time is moved, not waited for: what is to be tried again later is due now. */
export async function hurry(ctx: Context): Promise<void> {
  const now = new Date(Date.now() - 1_000)
  const { db } = ctx
  await db.updateTable('payment').set({ poll_after: now }).where('poll_after', 'is not', null).execute()
  await db.updateTable('provider_task').set({ try_after: now }).where('done_at', 'is', null).execute()
  await db.updateTable('refund').set({ try_after: now }).where('try_after', 'is not', null).execute()
  await db.updateTable('provider_event').set({ try_after: now }).where('handled_at', 'is', null).execute()
}

/** The time to pay is over. */
export async function endHolds({ db }: Context): Promise<void> {
  await db
    .updateTable('backorder')
    .set({ pay_by: new Date() })
    .where('state', '=', 'pending_payment')
    .execute()
  await db.updateTable('renewal').set({ pay_by: new Date() }).where('state', '=', 'pending_payment').execute()
}

/** Orders the renewal of a caught name by card, on a quote. */
export async function renewByCard(buyer: AccountContext, backorderId: string): Promise<string> {
  const registrationId = await registrationOf(buyer, backorderId)
  const quoted = await quoteRenewal(buyer, { registrationId, years: 1 })
  const { id } = await orderRenewal(buyer, { registrationId, years: 1, payment: 'card', quoted })
  return id
}
