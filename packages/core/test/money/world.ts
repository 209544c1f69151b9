import { isTerminal } from '@droplock/rules/machines/machine'
import { type PaymentPurpose, paymentMachine } from '@droplock/rules/machines/payment'
import { sql } from 'kysely'
import { setCreditLimit } from '../../src/accounts/set-credit-limit.ts'
import { openTopUp, topUp } from '../../src/accounts/top-up.ts'
import { lapseHolds } from '../../src/backorders/expire.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { releaseBackorder } from '../../src/backorders/release.ts'
import { approveReversal } from '../../src/bank-transfers/approve-reversal.ts'
import { proposeReversal } from '../../src/bank-transfers/propose-reversal.ts'
import { recordBankTransfer } from '../../src/bank-transfers/record.ts'
import { rejectReversal } from '../../src/bank-transfers/reject-reversal.ts'
import type { AccountContext, Context, StaffContext } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { pollPayment } from '../../src/payment-provider/poll.ts'
import { offerPayment } from '../../src/payments/offer.ts'
import { openPayment } from '../../src/payments/open.ts'
import { cancelOverduePayments } from '../../src/payments/provider-tasks.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { expireRefund } from '../../src/refunds/expire.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { rejectRefund } from '../../src/refunds/reject.ts'
import { retryRefund } from '../../src/refunds/retry.ts'
import { lapseRenewals } from '../../src/renewals/lapse.ts'
import { openRenewalPayment } from '../../src/renewals/order.ts'
import { closeDue, endUnsold } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { lookAndApprove } from '../support/approve.ts'
import { ask, deliver, endHolds, hold, runTasks, sendRefunds } from '../support/cards.ts'
import { dropAll, outcomeOf } from '../support/drop.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import {
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
  zone,
} from '../support/world.ts'
import { ACCOUNTS, HELD_NAMES, NAMES, type Step } from './steps.ts'
import { nameOf } from './violations/violation.ts'
import { violations } from './violations/violations.ts'

type World = {
  readonly ctx: Context
  readonly provider: FakeProvider
  readonly accounts: readonly AccountContext[]
  readonly finance: StaffContext
  readonly approver: StaffContext
}

export async function givenWorld(ctx: Context): Promise<World> {
  await givenRegistry(ctx)
  const accounts: AccountContext[] = []
  // One has nothing, so that a dispute is a debt; one has enough, so that it is none.
  for (let index = 0; index < ACCOUNTS; index += 1) {
    accounts.push(await givenAccount(ctx, { balanceMinor: BigInt(index * 4) * PRICE_MINOR }))
  }
  // Those who can pay hold a name each already, so that there is something to renew in every sequence.
  await givenListings(ctx, { names: HELD_NAMES })
  for (const [index, name] of HELD_NAMES.entries()) {
    await placeBackorder(accountAt({ accounts }, index + 1), { name, payment: 'balance' })
  }
  await dropAll(ctx, 'registered')
  await givenListings(ctx, { names: NAMES })
  return {
    ctx,
    provider: new FakeProvider(),
    accounts,
    finance: await givenStaff(ctx, 'finance'),
    approver: await givenStaff(ctx, 'finance_approver'),
  }
}

type Doing = {
  readonly [Kind in Step['kind']]: (world: World, step: Extract<Step, { kind: Kind }>) => unknown
}

/** Does a step. Throws what the use case throws: a Refusal, or IllegalTransition where the step makes no sense now. */
export async function take(world: World, step: Step): Promise<void> {
  const act: (world: World, step: never) => unknown = doing[step.kind]
  await act(world, step as never)
}

const doing = {
  list: ({ ctx }, { names }) => givenListings(ctx, { names }),
  place: (world, { name, account }) =>
    placeBackorder(accountAt(world, account), { name, payment: 'balance' }),
  hold: (world, { name, account }) => hold(accountAt(world, account), world.provider, name),
  offer: async (world, { name, account }) => {
    const { paymentId } = await offerPayment(accountAt(world, account), name)
    await ask(world.ctx, world.provider, paymentId)
  },
  top_up: async ({ ctx, provider, ...world }, { account, byCard }) => {
    const who = accountAt(world, account)
    if (byCard) return ask(ctx, provider, await openTopUp(who, PRICE_MINOR))
    const { accountId } = who.actor
    return topUp(ctx, { accountId, amountMinor: PRICE_MINOR, receiptId: ctx.newId() })
  },
  record_transfer: ({ ctx, finance, ...world }, { account }) =>
    recordBankTransfer(finance, {
      accountId: accountAt(world, account).actor.accountId,
      amountMinor: PRICE_MINOR,
      currency: 'USD',
      bankReference: ctx.newId(),
      note: 'on the statement',
    }),
  reverse_transfer: async ({ ctx, finance, approver }, { pick, agreed }) => {
    const bankTransferId = await idOf(ctx, 'bank_transfer', ['credited'], pick)
    if (bankTransferId === undefined) return
    await proposeReversal(finance, { bankTransferId, reason: 'the wrong customer' })
    if (agreed) await approveReversal(approver, { bankTransferId })
    else await rejectReversal(approver, { bankTransferId, note: 'it was right' })
  },
  grant_credit: ({ approver, ...world }, { account }) =>
    setCreditLimit(approver, {
      accountId: accountAt(world, account).actor.accountId,
      limitMinor: PRICE_MINOR,
      reason: 'a known customer',
    }),
  second_payment: (world, { pick }) =>
    onOrder(world, 'backorder', pick, async (who, id) => {
      await ask(world.ctx, world.provider, await openPayment(who, id))
    }),
  release: (world, { pick }) => onOrder(world, 'backorder', pick, releaseBackorder),
  // The process that held the name died before it asked the provider.
  late_intent: (world, { pick }) => onOrder(world, 'backorder', pick, openPayment),
  pay: async ({ ctx, provider }, { pick, delivered }) => {
    const id = unpaid(provider)[pick]
    if (id !== undefined) provider.move(id, 'succeeded')
    if (delivered) await deliver(ctx, provider)
  },
  decline: (world, { pick, delivered }) => {
    moveAt(world.provider, pick, 'failed')
    return delivered ? deliver(world.ctx, world.provider) : undefined
  },
  challenge: (world, { pick, delivered }) => {
    moveAt(world.provider, pick, 'processing')
    return delivered ? deliver(world.ctx, world.provider) : undefined
  },
  webhooks: ({ ctx, provider }, { order }) => {
    const { events } = provider
    if (order === 'reversed') events.reverse()
    if (order === 'twice') {
      // A copy has the same id; the same event with another id is a repetition too.
      events.push(...events, ...events.map((event) => ({ ...event, eventId: `${event.eventId}_again` })))
    }
    return deliver(ctx, provider)
  },
  poll: async ({ ctx, provider }) => {
    await sql`update payment set poll_after = clock_timestamp() where poll_after is not null`.execute(ctx.db)
    while (await pollPayment(ctx, provider));
  },
  lapse: async ({ ctx }, { swept }) => {
    await endHolds(ctx)
    if (!swept) return
    await lapseHolds(ctx)
    await lapseRenewals(ctx)
    await cancelOverduePayments(ctx)
  },
  run_tasks: ({ ctx, provider }) => runTasks(ctx, provider),
  turn_premium: ({ ctx }, { name }) =>
    sql`update listing set premium = not premium where name = ${name} and ended_at is null`.execute(ctx.db),
  change_price: ({ ctx }, { up }) => {
    const amountMinor = up ? PRICE_MINOR + 100n : PRICE_MINOR
    return givenRegistry(ctx, [zone({ prices: [{ tier: 'standard', currency: 'USD', amountMinor }] })])
  },
  drop: ({ ctx }, step) => dropSome(ctx, step),
  send_refunds: ({ ctx, provider }, { fate }) => {
    provider.refundFate = fate
    return sendRefunds(ctx, provider)
  },
  bank_decides_refund: ({ provider }, { pick, failed }) => {
    const id = [...provider.refunds.keys()].toReversed()[pick]
    const isOpen = id !== undefined && provider.refunds.get(id)?.state === 'processing'
    if (id !== undefined && (failed || isOpen)) provider.moveRefund(id, failed ? 'failed' : 'succeeded')
  },
  dispute: ({ ctx, provider }, { pick, delivered }) => {
    const paid = [...provider.intents.values()].filter(({ state }) => state === 'succeeded')
    const id = paid.toReversed()[pick]?.providerId
    if (id !== undefined) provider.openDispute(id)
    return delivered ? deliver(ctx, provider) : undefined
  },
  decide_dispute: ({ ctx, provider }, { pick, won, delivered }) => {
    const id = [...provider.disputes.keys()].toReversed()[pick]
    if (id !== undefined) provider.decideDispute(id, won ? 'won' : 'lost')
    return delivered ? deliver(ctx, provider) : undefined
  },
  propose: async ({ ctx, finance }, { of, pick, amount, byRule }) => {
    const paymentId = await refundable(ctx, of, pick)
    if (paymentId === undefined) return undefined
    const manual = {
      paymentId,
      amountMinor: BigInt(amount),
      reasonCode: 'goodwill',
      note: 'sorry',
    } as const
    // Of a top-up the only exception is the card, on credit.
    const destination = of === 'top_up' ? 'original_payment' : 'balance'
    return proposeRefund(finance, byRule ? manual : { ...manual, destination })
  },
  approve: async ({ ctx, approver }, { pick }) => {
    const id = await idOf(ctx, 'refund', ['proposed'], pick)
    return id === undefined ? undefined : lookAndApprove(approver, id)
  },
  reject: async ({ ctx, approver }, { pick }) => {
    const refundId = await idOf(ctx, 'refund', ['proposed'], pick)
    return refundId === undefined ? undefined : rejectRefund(approver, { refundId, note: 'no' })
  },
  refund_alone: async ({ ctx, finance }, { of, pick, amount }) => {
    const paymentId = await refundable(ctx, of, pick)
    if (paymentId === undefined) return undefined
    const note = 'sorry'
    return completeRefund(finance, {
      paymentId,
      amountMinor: BigInt(amount),
      reasonCode: 'goodwill',
      note,
    })
  },
  retry: async ({ ctx, finance }, { pick, byRule }) => {
    const refundId = await idOf(ctx, 'refund', ['failed'], pick)
    if (refundId === undefined) return undefined
    const retry = { refundId, note: 'again' }
    return retryRefund(finance, byRule ? retry : { ...retry, destination: 'balance' })
  },
  expire_refunds: async ({ ctx }) => {
    await sql`update refund set expires_at = date_trunc('milliseconds', clock_timestamp()) where expires_at is not null`.execute(
      ctx.db,
    )
    while (await expireRefund(ctx));
  },
  renew: async (world, { pick, byCard, years }) => {
    const backorderId = await idOf(world.ctx, 'backorder', ['successful'], pick)
    if (backorderId === undefined) return
    const { account_id: accountId } = await world.ctx.db
      .selectFrom('backorder')
      .select('account_id')
      .where('id', '=', backorderId)
      .executeTakeFirstOrThrow()
    const who = world.accounts.find(({ actor }) => actor.accountId === accountId)
    if (who === undefined) return
    const { paymentId } = await quoteAndOrder(who, backorderId, byCard ? 'card' : 'balance', years)
    if (paymentId !== undefined) await ask(world.ctx, world.provider, paymentId)
  },
  renewal_payment: (world, { pick }) =>
    onOrder(world, 'renewal', pick, async (who, id) => {
      await ask(world.ctx, world.provider, await openRenewalPayment(who, id))
    }),
  carry_out: ({ ctx }, { result }) => carryOut(ctx, result),
  careless: async ({ ctx }, { violation }) => {
    const statements = violations.find((each) => nameOf(each) === violation)?.statements ?? []
    // As a transaction of its own, so that what is promised for commit is checked at its end.
    await inTransaction(ctx.db, async (tx) => {
      for (const statement of statements) await sql.raw(statement).execute(tx)
    })
  },
} satisfies Doing

function accountAt({ accounts }: Pick<World, 'accounts'>, index: number): AccountContext {
  const account = accounts[index]
  if (account === undefined) throw new Error(`no account ${index}`)
  return account
}

/** Payments that can still be paid, newest first. */
function unpaid(provider: FakeProvider): readonly string[] {
  const open = [...provider.intents.values()].filter(
    ({ state }) => state !== 'succeeded' && !isTerminal(paymentMachine, state),
  )
  return open.map(({ providerId }) => providerId).toReversed()
}

function moveAt(provider: FakeProvider, pick: number, state: 'failed' | 'processing') {
  const id = unpaid(provider)[pick]
  if (id !== undefined) provider.move(id, state)
}

async function onOrder(
  { ctx, accounts }: World,
  table: 'backorder' | 'renewal',
  pick: number,
  work: (who: AccountContext, id: string) => Promise<unknown>,
): Promise<void> {
  const order = await ctx.db
    .selectFrom(table)
    .select(['id', 'account_id'])
    .where('state', '=', 'pending_payment')
    .orderBy('id', 'desc')
    .offset(pick)
    .limit(1)
    .executeTakeFirst()
  const who = accounts.find(({ actor }) => actor.accountId === order?.account_id)
  if (order !== undefined && who !== undefined) await work(who, order.id)
}

async function idOf(
  ctx: Context,
  table: 'backorder' | 'refund' | 'bank_transfer',
  states: readonly string[],
  pick: number,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where state = any(${[...states]}) order by id desc offset ${pick} limit 1`.execute(
    ctx.db,
  )
  return rows[0]?.id
}

/** A payment that a person may refund: it was earned, or it is on the balance. */
async function refundable(ctx: Context, of: PaymentPurpose, pick: number): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select payment.id from payment left join backorder on backorder.id = payment.backorder_id
      left join renewal on renewal.id = payment.renewal_id
    where purpose = ${of} and captured_minor > 0 and (purpose = 'top_up' or secures and 'successful' in (backorder.state, renewal.state))
    order by payment.id desc limit ${pick + 1}`.execute(ctx.db)
  // There are few: the oldest where there are fewer.
  return rows.at(-1)?.id
}

/** The cut-off and the result of some secured names; others go on. */
async function dropSome(ctx: Context, { outcome, count }: Extract<Step, { kind: 'drop' }>): Promise<void> {
  await sql`
    update listing set cutoff_at = clock_timestamp(), drop_from = clock_timestamp(), drop_to = clock_timestamp()
    where id in (select id from listing where state = 'open' order by holder is null, id limit ${count})`.execute(
    ctx.db,
  )
  await lapseHolds(ctx)
  await closeDue(ctx)
  const targets = await ctx.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id'])
    .where('state', '=', 'armed')
    .execute()
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  for (const target of targets) await recordOutcome(ctx, outcomeOf(target.id, target.listing_id, outcome))
  while ((await endUnsold(ctx)) > 0);
}
