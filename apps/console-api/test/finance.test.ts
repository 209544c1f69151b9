import { Account, AccountList, AccountTransactionList, Statement } from '@droplock/contracts/console/accounts'
import { BankTransfer, BankTransferList } from '@droplock/contracts/console/bank-transfer'
import { FinanceTask, FinanceTaskList } from '@droplock/contracts/console/finance-task'
import { Today } from '@droplock/contracts/console/overview'
import { PaymentDetail, PaymentList } from '@droplock/contracts/console/payment'
import { Refund, RefundList } from '@droplock/contracts/console/refund'
import { RefundLimitList } from '@droplock/contracts/console/refund-limit'
import { beforeAll, describe, expect, test } from 'vitest'
import { deliver, hold, pay, sendRefunds } from '../../../packages/core/test/support/cards.ts'
import { dropAll } from '../../../packages/core/test/support/drop.ts'
import { FakeProvider } from '../../../packages/core/test/support/fake-provider.ts'
import {
  givenAccount,
  givenListings,
  givenRegistry,
  PRICE_MINOR,
} from '../../../packages/core/test/support/world.ts'
import type { Ask } from './support/app.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { inHours } from './support/requests.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

// The end of one month, in order: later tests see what earlier ones did.

const NAME = 'wanted.test'
const UNKNOWN_ID = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
const price = { amount_minor: Number(PRICE_MINOR), currency: 'USD' }
const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

const world = useWorld()
const provider = new FakeProvider()
let accountId: string
let paymentId: string
let finance: Person
let approver: Person

beforeAll(async () => {
  const { ctx } = world
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [NAME] })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const held = await hold(buyer, provider, NAME)
  await pay(ctx, provider, held.providerId)
  await dropAll(ctx, 'lost')
  provider.refundFate = 'failed'
  await sendRefunds(ctx, provider)
  accountId = buyer.actor.accountId
  paymentId = held.paymentId
  finance = await givenPerson(world, 'finance')
  approver = await givenPerson(world, 'finance_approver')
})

const post = (who: Person, path: string, body: unknown) => who.send({ method: 'POST', path, body })
const get = (who: Person, path: string) => who.send({ path } satisfies Ask)
const balance = async () =>
  (await expectBody(await get(finance, `/api/accounts/${accountId}`), 200, Account)).balance.amount_minor

const findPayments = async (query: string) =>
  expectBody(await get(finance, `/api/payments?${query}`), 200, PaymentList)

const complete = (amount_minor: number, note = 'sorry', of = paymentId) =>
  post(finance, '/api/refunds/complete', {
    payment_id: of,
    amount_minor,
    reason_code: 'goodwill',
    note,
  })

const setLimit = (who: Person, alone_minor: number, reason = 'a new year') =>
  post(who, '/api/refund-limits', { currency: 'EUR', alone_minor, reason })

const transfer = (changes: object = {}) => ({
  account_id: accountId,
  amount_minor: 2_500,
  currency: 'USD',
  bank_reference: 're 4711',
  note: 'on the statement',
  ...changes,
})

const recordTransfer = (who: Person, changes: object = {}) =>
  post(who, '/api/bank-transfers', transfer(changes))

async function openTask() {
  const { items } = await expectBody(await get(finance, '/api/finance-tasks'), 200, FinanceTaskList)
  const [task] = items
  if (task === undefined) throw new Error('nothing is open')
  return task
}

describe('a finance task', () => {
  test('says what it is about, and is counted with its age on the first page', async () => {
    const task = await openTask()
    expect(task).toMatchObject({
      kind: 'refund_failed',
      name: NAME,
      account_id: accountId,
      amount: price,
      destination: 'original_payment',
      is_retry_proposed: false,
    })
    const { waiting } = await expectBody(await get(finance, '/api/today'), 200, Today)
    expect(waiting).toMatchObject({ finance_tasks: 1, oldest_finance_task_at: task.opened_at })
  })

  test('of a failed refund is not closed by a note, and one that is none is not there', async () => {
    const { id } = await openTask()
    const close = `/api/finance-tasks/${id}/close`
    await expectProblem(await post(finance, close, { note: 'done' }), 'finance_task_not_closable')
    await expectProblem(await post(finance, close, { note: ' ' }), 'reason_required')
    const none = `/api/finance-tasks/${UNKNOWN_ID}`
    await expectProblem(await get(finance, none), 'finance_task_not_found')
    await expectProblem(await post(finance, `${none}/close`, { note: 'x' }), 'finance_task_not_found')
  })
})

describe('a failed refund', () => {
  test('goes elsewhere than the rule says by two people, and its task is closed by that', async () => {
    const { id: taskId, refund_id } = await openTask()
    const retry = `/api/refunds/${refund_id}/retry`
    await expectProblem(await post(finance, retry, { note: ' ' }), 'reason_required')
    const proposed = await post(finance, retry, { note: 'the card is closed', destination: 'balance' })
    const refund = await expectBody(proposed, 201, Refund)
    expect(proposed.headers.get('Location')).toBe(`/api/refunds/${refund.id}`)
    expect(refund).toMatchObject({ state: 'proposed', by_rule: false, retries_refund_id: refund_id })
    expect((await openTask()).is_retry_proposed).toBe(true)
    await expectProblem(await post(finance, retry, { note: 'again' }), 'refund_not_retryable')
    const approve = `/api/refunds/${refund.id}/approve`
    await expectProblem(await post(approver, approve, { terms_hash: '0'.repeat(64) }), 'refund_changed')
    const { terms_hash } = refund
    const approved = await post(approver, approve, { terms_hash })
    expect(await expectBody(approved, 200, Refund)).toMatchObject({ state: 'succeeded' })
    expect(await balance()).toBe(price.amount_minor)
    const closed = await get(finance, `/api/finance-tasks/${taskId}`)
    expect(await expectBody(closed, 200, FinanceTask)).toMatchObject({ closed_by: { id: approver.id } })
    const again = await post(finance, `/api/finance-tasks/${taskId}/close`, { note: 'x' })
    await expectProblem(again, 'finance_task_closed')
    const first = await get(finance, `/api/refunds/${refund_id}`)
    expect(await expectBody(first, 200, Refund)).toMatchObject({ retried_as_id: refund.id })
  })

  test('that is none is not there', async () => {
    await expectProblem(
      await post(finance, `/api/refunds/${UNKNOWN_ID}/retry`, { note: 'x' }),
      'refund_not_found',
    )
  })
})

describe('a payment', () => {
  test('is found by name, account, state, and by an id of ours or the provider', async () => {
    const { items } = await findPayments(`account_id=${accountId}&state=succeeded&method=card`)
    const [payment] = items
    expect(payment).toMatchObject({ name: NAME, captured: price, refunded: price, remaining: usd(0) })
    for (const q of ['wanted', payment?.id, payment?.provider_id]) {
      expect((await findPayments(`q=${q}`)).total).toBe(1)
    }
    expect((await findPayments('q=pi_none')).total).toBe(0)
    expect((await findPayments('state=disputed')).total).toBe(0)
  })

  test('and its refund are found alike where thousands of names match', async () => {
    const names = Array.from({ length: 2_001 }, (_, index) => `wanted-${index}.test`)
    await givenListings(world.ctx, { names })
    expect(await findPayments('q=wanted')).toMatchObject({ total: 1, items: [{ name: NAME }] })
    expect((await findPayments('q=wanted-')).total).toBe(0)
    const refunds = await expectBody(await get(finance, '/api/refunds?q=wanted'), 200, RefundList)
    expect(refunds.items[0]).toMatchObject({ name: NAME })
    expect(refunds.total).toBe(refunds.items.length)
  })

  test('shows its postings, the events of the provider, and what each role may refund', async () => {
    const [payment] = (await findPayments('q=wanted')).items
    await deliver(world.ctx, provider)
    const found = await get(finance, `/api/payments/${payment?.id}`)
    const detail = await expectBody(found, 200, PaymentDetail)
    expect(detail).toMatchObject({
      refundable: usd(0),
      ruled_destination: 'original_payment',
      alone_limit: usd(5_000),
      alone_left: usd(5_000),
      disputes: [],
    })
    expect(detail.provider_events).toContainEqual(
      expect.objectContaining({ about: 'payment', object_id: detail.provider_id }),
    )
    const sum = detail.postings.reduce((total, { amount }) => total + amount.amount_minor, 0)
    expect([detail.postings.length > 4, sum]).toEqual([true, 0])
    await expectProblem(await get(finance, `/api/payments/${UNKNOWN_ID}`), 'payment_not_found')
  })
})

describe('a refund by one person', () => {
  test('is no more than remains, has a reason, and is of a payment', async () => {
    await expectProblem(await complete(1), 'refund_exceeds_remaining')
    await expectProblem(await complete(1, ' '), 'reason_required')
    await expectProblem(await complete(1, 'sorry', UNKNOWN_ID), 'payment_not_found')
  })
})

describe('a limit of refunds', () => {
  test('is set by an approver, for each currency', async () => {
    const limits = await expectBody(await setLimit(approver, 7_500), 200, RefundLimitList)
    expect(limits.items).toContainEqual({
      currency: 'EUR',
      alone: { amount_minor: 7_500, currency: 'EUR' },
      grant_alone: { amount_minor: 1_000_000, currency: 'EUR' },
    })
    expect(await expectBody(await get(finance, '/api/refund-limits'), 200, RefundLimitList)).toEqual(limits)
    await expectProblem(await setLimit(finance, 1), 'forbidden')
    await expectProblem(await setLimit(approver, 1, ' '), 'reason_required')
    await expectProblem(await setLimit(approver, -1), 'invalid_request')
  })
})

/** An edit of limits that somebody else has changed since. */
async function expectStaleRefused(operator: Person, version: number): Promise<void> {
  const path = `/api/accounts/${accountId}`
  const stale = { version, reason: 'too late' }
  const credit = await post(approver, `${path}/credit-limit`, { limit_minor: 1, ...stale })
  await expectProblem(credit, 'precondition_failed')
  const holds = await post(operator, `${path}/hold-limits`, { before_paid: 1, after_paid: 1, ...stale })
  await expectProblem(holds, 'precondition_failed')
}

describe('an account', () => {
  test('is found by a part of its name, and by what it owes', async () => {
    const found = await get(finance, '/api/accounts?q=RESELL&owing=false')
    expect(await expectBody(found, 200, AccountList)).toMatchObject({
      total: 1,
      items: [{ id: accountId, balance: price, escrow: usd(0), has_paid: true }],
    })
    expect((await expectBody(await get(finance, '/api/accounts?owing=true'), 200, AccountList)).total).toBe(0)
    await expectProblem(await get(finance, `/api/accounts/${UNKNOWN_ID}`), 'account_not_found')
  })

  test('has a statement that adds up, and its lines', async () => {
    const path = `/api/accounts/${accountId}`
    const period = `from=${inHours(-1)}&to=${inHours(1)}`
    const statement = await expectBody(await get(finance, `${path}/statement?${period}`), 200, Statement)
    const activity = statement.activity.reduce(
      (sum, { credit, debit }) => sum + credit.amount_minor - debit.amount_minor,
      0,
    )
    expect(statement.opening.amount_minor + activity).toBe(statement.closing.amount_minor)
    expect(statement.closing).toEqual(price)
    const lines = await get(finance, `${path}/transactions?${period}`)
    expect(await expectBody(lines, 200, AccountTransactionList)).toMatchObject({
      items: [{ cause: 'refund', amount: price, name: NAME }],
    })
    const backwards = `${path}/statement?from=${inHours(1)}&to=${inHours(-1)}`
    await expectProblem(await get(finance, backwards), 'invalid_period')
    const unknown = `/api/accounts/${UNKNOWN_ID}`
    await expectProblem(await get(finance, `${unknown}/statement?${period}`), 'account_not_found')
    await expectProblem(await get(finance, `${unknown}/transactions`), 'account_not_found')
  })

  test('owes up to its limit and holds as many names as is set, each by whom the roles say', async () => {
    const path = `/api/accounts/${accountId}`
    const versionNow = async () => (await expectBody(await get(finance, path), 200, Account)).version
    const credit = async (who: Person, limit_minor: number, reason = 'pays in time') =>
      post(who, `${path}/credit-limit`, { limit_minor, version: await versionNow(), reason })
    expect(await expectBody(await credit(approver, 5_000), 200, Account)).toMatchObject({
      credit_limit: usd(5_000),
      available: usd(5_000 + price.amount_minor),
    })
    await expectProblem(await credit(finance, 1), 'forbidden')
    await expectProblem(await credit(approver, 1, ''), 'reason_required')
    for (const beyond of [100_000_000_001, Number.MAX_SAFE_INTEGER]) {
      await expectProblem(await credit(approver, beyond), 'amount_out_of_range')
    }
    const operator = await givenPerson(world, 'operator')
    const holds = async (before_paid: number, after_paid: number, reason = 'a large reseller') =>
      post(operator, `${path}/hold-limits`, { before_paid, after_paid, version: await versionNow(), reason })
    await expectStaleRefused(operator, (await versionNow()) - 1)
    expect(await expectBody(await holds(5, 50), 200, Account)).toMatchObject({
      open_holds_max_before_paid: 5,
      open_holds_max: 50,
    })
    for (const [before, after] of [
      [0, 5],
      [6, 5],
      [5, 1_001],
    ] as const) {
      await expectProblem(await holds(before, after), 'hold_limits_out_of_range')
    }
    await expectProblem(await holds(1, 1, ' '), 'reason_required')
  })
})

describe('a bank transfer', () => {
  test('is credited once, and refused where it is none', async () => {
    const before = await balance()
    const recorded = await expectBody(await recordTransfer(finance), 201, BankTransfer)
    expect(recorded).toMatchObject({ state: 'credited', bank_reference: 'RE4711', amount: usd(2_500) })
    expect(await balance()).toBe(before + 2_500)
    const again = await expectProblem(
      await recordTransfer(approver, { bank_reference: 'RE4711' }),
      'bank_reference_known',
    )
    expect(again['bank_transfer_id']).toBe(recorded.id)
    await expectProblem(await recordTransfer(finance, { currency: 'EUR' }), 'currency_mismatch')
    await expectProblem(await recordTransfer(finance, { bank_reference: '#' }), 'bank_reference_invalid')
    await expectProblem(await recordTransfer(finance, { account_id: UNKNOWN_ID }), 'account_not_found')
    await expectProblem(await recordTransfer(finance, { amount_minor: 2_000_000_000 }), 'amount_out_of_range')
    await expectProblem(await recordTransfer(finance, { amount_minor: -1 }), 'invalid_request')
    await expectProblem(await recordTransfer(finance, { note: '' }), 'reason_required')
  })

  test('is taken back by two people, and what was spent is then owed', async () => {
    const list = await get(finance, `/api/bank-transfers?account_id=${accountId}&q=4711&state=credited`)
    const [credited] = (await expectBody(list, 200, BankTransferList)).items
    const path = `/api/bank-transfers/${credited?.id}/reversal`
    await expectProblem(await post(approver, `${path}/approve`, {}), 'reversal_not_proposed')
    await expectProblem(await post(finance, path, { reason: ' ' }), 'reason_required')
    const proposed = await post(finance, path, { reason: 'the wrong customer' })
    expect(await expectBody(proposed, 200, BankTransfer)).toMatchObject({ state: 'reversal_proposed' })
    await expectProblem(await post(finance, path, { reason: 'again' }), 'transfer_not_reversible')
    await expectProblem(await post(finance, `${path}/approve`, {}), 'forbidden')
    const rejected = await post(approver, `${path}/reject`, { note: 'look again' })
    expect(await expectBody(rejected, 200, BankTransfer)).toMatchObject({ state: 'credited' })
    await post(approver, path, { reason: 'it is wrong' })
    await expectProblem(await post(approver, `${path}/approve`, {}), 'decider_is_proposer')
    await expectProblem(await post(approver, `${path}/reject`, { note: 'x' }), 'decider_is_proposer')
    const other = await givenPerson(world, 'finance_approver')
    const before = await balance()
    const approved = await post(other, `${path}/approve`, { note: 'seen' })
    expect(await expectBody(approved, 200, BankTransfer)).toMatchObject({
      state: 'reversed',
      reversal_decided_by: { id: other.id },
    })
    expect(await balance()).toBe(before - 2_500)
    await expectProblem(await post(other, `${path}/reject`, { note: 'x' }), 'reversal_not_proposed')
    const none = `/api/bank-transfers/${UNKNOWN_ID}/reversal`
    await expectProblem(await post(finance, none, { reason: 'x' }), 'bank_transfer_not_found')
  })
})
