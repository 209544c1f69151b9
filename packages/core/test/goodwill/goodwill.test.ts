import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { getStatement } from '../../src/accounts/statement.ts'
import { listGoodwill } from '../../src/goodwill/read.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { listLedger } from '../../src/ledger/read.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeGoodwill } from '../../src/proposals/propose-goodwill.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount, givenStaff } from '../support/world.ts'

const code = (text: string) => expect.objectContaining({ code: text })
const hourMs = 3_600_000

test('a goodwill credit is proposed by one person and approved by another: it is on balance and statement, and its reseller is notified', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const buyer = await givenAccount(ctx, { balanceMinor: 1_000n })
    const { accountId } = buyer.actor
    const ann = await givenStaff(ctx, 'finance')
    const bob = await givenStaff(ctx, 'finance_approver')
    const proposed = { accountId, amountMinor: 500n, currency: 'USD', reason: 'a lost day' }
    const proposalId = await proposeGoodwill(ann, proposed)
    await expect(proposeGoodwill(ann, proposed)).rejects.toEqual(code('proposal_open'))
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 1_000n })
    await expect(approveProposal(ann, { proposalId })).rejects.toEqual(code('forbidden'))
    await approveProposal(bob, { proposalId })
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 1_500n })
    const period = { from: new Date(Date.now() - hourMs), to: new Date(Date.now() + hourMs) }
    expect((await getStatement(buyer, period)).activity).toContainEqual({
      cause: 'goodwill',
      count: 1,
      creditMinor: 500n,
      debitMinor: 0n,
    })
    const { items } = await listGoodwill(bob, { offset: 0, limit: 5, accountId })
    expect(items).toMatchObject([
      { amountMinor: 500n, reason: 'a lost day', proposedBy: { name: 'finance' } },
    ])
    const event = await tx
      .selectFrom('event')
      .select(['data', 'account_id'])
      .where('topic', '=', 'account.credited')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      account_id: accountId,
      data: { amount: { amount_minor: 500 }, goodwill_credit_id: items[0]?.id },
    })
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('a goodwill credit is of the currency of its account, within its bounds, and for a reason', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { actor } = await givenAccount(ctx)
    const ann = await givenStaff(ctx, 'finance')
    const good = { accountId: actor.accountId, amountMinor: 500n, currency: 'USD', reason: 'a lost day' }
    const refused = [
      [{ amountMinor: 0n }, 'amount_out_of_range'],
      [{ amountMinor: 10_000_001n }, 'amount_out_of_range'],
      [{ currency: 'EUR' }, 'currency_mismatch'],
      [{ accountId: ctx.newId() }, 'account_not_found'],
      [{ reason: ' ' }, 'reason_required'],
    ] as const
    for (const [change, refusal] of refused)
      await expect(proposeGoodwill(ann, { ...good, ...change })).rejects.toEqual(code(refusal))
    const operator = await givenStaff(ctx, 'operator')
    await expect(proposeGoodwill(operator, good)).rejects.toEqual(code('forbidden'))
  }))

test('the ledger is filtered by account, class, kind, amount and id, and shows the balance after each move', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const one = await givenAccount(ctx, { balanceMinor: 1_000n })
    const other = await givenAccount(ctx, { balanceMinor: 300n })
    const ann = await givenStaff(ctx, 'finance')
    const page = { offset: 0, limit: 10 }
    const all = await listLedger(ann, page)
    expect(all.items.map(({ amountMinor }) => amountMinor)).toEqual([300n, 1_000n])
    const own = await listLedger(ann, { ...page, accountId: one.actor.accountId })
    expect(own.items).toMatchObject([
      { cause: 'top_up', from: 'provider_clearing', to: 'customer_balance', accountName: 'A reseller' },
    ])
    const balances = { ...page, ledgerAccount: 'customer_balance', currency: 'USD' } as const
    const classes = await listLedger(ann, balances)
    expect(classes.items.map(({ balanceMinor }) => balanceMinor)).toEqual([1_300n, 1_000n])
    const clearing = await listLedger(ann, { ...balances, ledgerAccount: 'provider_clearing', limit: 1 })
    expect(clearing.items).toMatchObject([{ amountMinor: 300n, balanceMinor: -1_300n }])
    const ofOther = await listLedger(ann, { ...balances, accountId: other.actor.accountId })
    expect(ofOther.items).toMatchObject([{ balanceMinor: 300n }])
    const id = own.items[0]?.causeId ?? ''
    for (const filter of [{ id }, { amountMinor: 1_000n }, { cause: 'top_up', amountMinor: 1_000n }] as const)
      expect((await listLedger(ann, { ...page, ...filter })).items).toMatchObject([{ causeId: id }])
    expect((await listLedger(ann, { ...page, cause: 'settle' })).items).toEqual([])
    await expect(listLedger(await givenStaff(ctx, 'viewer'), page)).rejects.toEqual(code('forbidden'))
  }))
