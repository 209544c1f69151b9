import { listFinanceTasks } from '@droplock/core/finance-tasks'
import { approveRefund } from '@droplock/core/refunds/approve'
import { getRefund } from '@droplock/core/refunds/read'
import { retryRefund } from '@droplock/core/refunds/retry'
import { Refusal } from '@droplock/rules/refusals'
import type { Schema } from '@droplock/sdk/client'
import { cards } from '../../seed/accounts.ts'
import {
  backorderOf,
  balanceMinor,
  expectThat,
  orderFromBalance,
  orderOf,
  type Run,
  type Step,
  secureByCard,
  until,
} from './run.ts'
import { ordersAtOnce, zone } from './settings.ts'

// What becomes of the money when a name is lost.

const lost = 'lost-without-debt.com'
export const lostWithoutDebt: Step = {
  figure: 'refunds_to_card',
  names: [[lost, 'lost']],
  before: (run) => secureByCard(run, run.buyer, lost, cards.good),
  after: async (run) => {
    await expectRefund(run, lost, 'original_payment')
    run.say(`${lost}: lost, and the whole price went back to the card`)
    return 1
  },
}

const lostByDebtor = 'lost-with-debt.com'
const onCredit = 'bought-on-credit.com'
export const lostWithDebt: Step = {
  figure: 'refunds_to_balance',
  names: [
    [lostByDebtor, 'lost'],
    [onCredit, 'caught'],
  ],
  before: async (run) => {
    await secureByCard(run, run.debtor, lostByDebtor, cards.good)
    await orderFromBalance(run, run.debtor, onCredit)
    expectThat((await balanceMinor(run.debtor)) < 0, 'the account that bought on credit owes nothing')
  },
  after: async (run) => {
    await expectRefund(run, lostByDebtor, 'balance')
    run.say(`${lostByDebtor}: lost too, but its account owes, so the whole price went to its balance`)
    return 1
  },
}

/** The failed order has its whole price back, once, and there. */
async function expectRefund(
  run: Run,
  name: string,
  destination: 'balance' | 'original_payment',
): Promise<Schema<'Refund'>> {
  await until(run, `the refund of ${name}`, async () => {
    const { refunds } = await backorderOf(run, name)
    return refunds[0]?.state === 'succeeded'
  })
  const { state, failure_reason: reason, refunds } = await backorderOf(run, name)
  const [refund] = refunds
  expectThat(state === 'failed' && reason === 'lost', `${name} is ${state} (${reason})`)
  expectThat(
    refunds.length === 1 &&
      refund?.destination === destination &&
      refund.amount.amount_minor === orderOf(run, name).priceMinor,
    `${name} was refunded as ${JSON.stringify(refunds)}`,
  )
  if (refund === undefined) throw new Error(`${name} has no refund`)
  return refund
}

const returned = 'refund-comes-back.com'
/** The bank returns a refund; two people decide that the balance gets it. */
export const failedRefund: Step = {
  figure: 'failed_refunds_resolved',
  names: [[returned, 'lost']],
  before: (run) => secureByCard(run, run.buyer, returned, cards.refundFailsLater),
  after: async (run) => {
    const { finance, approver, buyer, bank } = run
    const refund = await expectRefund(run, returned, 'original_payment')
    await bank.settle(await providerIdOf(run, refund.id))
    await until(run, 'the task about the refund that failed', () => hasTask(run, refund.id))
    const before = await balanceMinor(buyer)
    const note = 'The card is closed; the customer asked for the balance'
    const again = await retryRefund(finance, { refundId: refund.id, destination: 'balance', note })
    const { termsHash: seenHash } = await getRefund(approver, again)
    await expectRefused(() => approveRefund(finance, { refundId: again, seenHash }))
    await approveRefund(approver, { refundId: again, seenHash })
    expectThat(!(await hasTask(run, refund.id)), 'the task is still open')
    const growth = (await balanceMinor(buyer)) - before
    expectThat(growth === orderOf(run, returned).priceMinor, `the balance grew by ${growth}`)
    run.say(`${returned}: the bank returned the refund; finance proposed the balance, an approver approved`)
    return 1
  },
}

async function providerIdOf({ environment }: Run, refundId: string): Promise<string> {
  const row = await environment.ctx.db
    .selectFrom('refund')
    .select('provider_refund_id')
    .where('id', '=', refundId)
    .executeTakeFirstOrThrow()
  return row.provider_refund_id ?? ''
}

async function hasTask({ finance }: Run, refundId: string): Promise<boolean> {
  const { items } = await listFinanceTasks(finance, { offset: 0, limit: 100 })
  return items.some(({ kind, subjectId }) => kind === 'refund_failed' && subjectId === refundId)
}

/** The person who proposed a refund cannot decide it. */
async function expectRefused(decide: () => Promise<void>): Promise<void> {
  const isRefused = await decide().then(
    () => false,
    (error: unknown) => error instanceof Refusal,
  )
  expectThat(isRefused, 'the person who proposed the refund could approve it')
}

const kept = 'crowd-keeps-this.com'
/** So many names of one account that owes, lost in one drop. */
export function crowd(size: number): Step {
  const names = Array.from({ length: size }, (_, n) => `crowd-${String(n + 1).padStart(4, '0')}.${zone}`)
  return {
    figure: 'failures_at_once',
    names: [[kept, 'caught'], ...names.map((name) => [name, 'lost'] as const)],
    before: async (run) => {
      await orderFromBalance(run, run.crowd, kept)
      const next = names.values()
      const orderSome = async () => {
        for (const name of next) await orderFromBalance(run, run.crowd, name)
      }
      await Promise.all(Array.from({ length: ordersAtOnce }, orderSome))
      run.say(`one account ordered ${size} names on credit and owes ${-(await balanceMinor(run.crowd))}`)
    },
    after: async (run) => {
      const { priceMinor } = orderOf(run, kept)
      const refunded = await refundedWhileOwing(run, priceMinor)
      expectThat(refunded === size, `${refunded} of ${size} went to the balance that owed, whole`)
      const owed = -(await balanceMinor(run.crowd))
      expectThat(owed === priceMinor, `the account owes ${owed}, not ${priceMinor}`)
      run.say(
        `${refunded} names lost at once: each price whole to the balance, which still owes ${priceMinor}`,
      )
      return refunded
    },
  }
}

/** Whole prices that the balance got back one after the other, each while it owed, in the order of its lock. */
async function refundedWhileOwing(
  { environment, crowd: customer }: Run,
  priceMinor: number,
): Promise<number> {
  const postings = await environment.ctx.db
    .selectFrom('posting')
    .select(['cause', 'amount_minor'])
    .where('account_id', '=', customer.accountId)
    .where('ledger_account', '=', 'customer_balance')
    .orderBy('posted_at')
    .execute()
  let balance = 0n
  let refunded = 0
  for (const { cause, amount_minor: amount } of postings) {
    if (cause === 'refund' && amount === BigInt(priceMinor) && balance < 0n) refunded += 1
    balance += amount
  }
  return refunded
}
