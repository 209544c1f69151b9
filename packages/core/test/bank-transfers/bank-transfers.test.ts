import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { getAccount } from '../../src/accounts/read.ts'
import { topUp } from '../../src/accounts/top-up.ts'
import { approveReversal } from '../../src/bank-transfers/approve-reversal.ts'
import { proposeReversal } from '../../src/bank-transfers/propose-reversal.ts'
import { getBankTransfer } from '../../src/bank-transfers/read.ts'
import { type RecordBankTransfer, recordBankTransfer } from '../../src/bank-transfers/record.ts'
import { rejectReversal } from '../../src/bank-transfers/reject-reversal.ts'
import { asService, type Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { disableStaff } from '../../src/staff/administer.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount, givenStaff } from '../support/world.ts'

async function givenDesk(ctx: Context) {
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const ann = await givenStaff(ctx, 'finance')
  const bob = await givenStaff(ctx, 'finance_approver')
  const { accountId } = buyer.actor
  const transfer: RecordBankTransfer = {
    accountId,
    amountMinor: 5_000n,
    currency: 'USD',
    bankReference: 're 4711 / 26',
    note: 'on the statement of Friday',
  }
  const balance = async () => (await getAccount(ann, accountId)).balanceMinor
  return { ann, bob, transfer, accountId, balance }
}

const code = (value: string) => expect.objectContaining({ code: value })

test('a bank transfer is credited once, however its reference is typed', () =>
  rolledBack(async (tx) => {
    const { ann, transfer, balance } = await givenDesk(contextOf(tx))
    const id = await recordBankTransfer(ann, transfer)
    expect(await balance()).toBe(5_000n)
    expect(await getBankTransfer(ann, id)).toMatchObject({ state: 'credited', bankReference: 'RE4711/26' })
    const again = { ...transfer, amountMinor: 1n, bankReference: ' RE4711/26' }
    await expect(recordBankTransfer(ann, again)).rejects.toThrow(
      expect.objectContaining({ code: 'bank_reference_known', facts: { bank_transfer_id: id } }),
    )
    expect(await balance()).toBe(5_000n)
  }))

test('an impossible bank transfer is not recorded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, transfer, balance } = await givenDesk(ctx)
    const wrong = [
      [{ amountMinor: 0n }, 'amount_out_of_range'],
      [{ amountMinor: -1n }, 'amount_out_of_range'],
      [{ amountMinor: 1_000_000_001n }, 'amount_out_of_range'],
      [{ currency: 'EUR' }, 'currency_mismatch'],
      [{ bankReference: '#?' }, 'bank_reference_invalid'],
      [{ accountId: ctx.newId() }, 'account_not_found'],
      [{ note: ' ' }, 'reason_required'],
    ] as const
    for (const [change, refusal] of wrong) {
      await expect(recordBankTransfer(ann, { ...transfer, ...change })).rejects.toThrow(code(refusal))
    }
    const operator = await givenStaff(ctx, 'operator', 'admin')
    await expect(recordBankTransfer(operator, transfer)).rejects.toThrow(code('forbidden'))
    expect(await balance()).toBe(0n)
  }))

test('a bank transfer is reversed by two people, whole and once, by a posting set that names it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob, transfer, balance } = await givenDesk(ctx)
    const bankTransferId = await recordBankTransfer(ann, transfer)
    await expect(approveReversal(bob, { bankTransferId })).rejects.toThrow(code('reversal_not_proposed'))
    await proposeReversal(ann, { bankTransferId, reason: 'the wrong customer' })
    expect(await balance()).toBe(5_000n)
    await expect(proposeReversal(bob, { bankTransferId, reason: 'again' })).rejects.toThrow(
      code('transfer_not_reversible'),
    )
    await approveReversal(bob, { bankTransferId })
    expect(await balance()).toBe(0n)
    await expect(approveReversal(bob, { bankTransferId })).rejects.toThrow(code('reversal_not_proposed'))
    await expect(proposeReversal(ann, { bankTransferId, reason: 'again' })).rejects.toThrow(
      code('transfer_not_reversible'),
    )
    const { rows } = await sql`select cause, ledger_account as account, amount_minor as amount from posting
      where bank_transfer_id = ${bankTransferId} order by posted_at, line`.execute(tx)
    expect(rows).toEqual([
      { cause: 'top_up', account: 'bank_clearing', amount: -5_000n },
      { cause: 'top_up', account: 'customer_balance', amount: 5_000n },
      { cause: 'top_up_reversed', account: 'customer_balance', amount: -5_000n },
      { cause: 'top_up_reversed', account: 'bank_clearing', amount: 5_000n },
    ])
    expect((await proveLedger(tx)).balanceMismatches).toBe(0)
  }))

test('the proposer of a reversal does not decide it, whatever their roles', () =>
  rolledBack(async (tx) => {
    const { ann, bob, transfer } = await givenDesk(contextOf(tx))
    const bankTransferId = await recordBankTransfer(ann, transfer)
    await proposeReversal(bob, { bankTransferId, reason: 'the wrong customer' })
    await expect(approveReversal(bob, { bankTransferId })).rejects.toThrow(code('decider_is_proposer'))
    await expect(rejectReversal(bob, { bankTransferId, note: 'no' })).rejects.toThrow(
      code('decider_is_proposer'),
    )
    await expect(approveReversal(ann, { bankTransferId })).rejects.toThrow(code('forbidden'))
  }))

test('a reversal proposed by a disabled person is not approved, and can be rejected', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob, transfer } = await givenDesk(ctx)
    const bankTransferId = await recordBankTransfer(ann, transfer)
    await proposeReversal(ann, { bankTransferId, reason: 'the wrong customer' })
    await disableStaff(asService(ctx), { staffId: ann.actor.staffId, reason: 'left' })
    await expect(approveReversal(bob, { bankTransferId })).rejects.toThrow(code('proposer_disabled'))
    await rejectReversal(bob, { bankTransferId, note: 'no' })
  }))

test('a reversal leaves a debt where the money was spent, and the transfer can be recorded again for the right account', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob, transfer, accountId, balance } = await givenDesk(ctx)
    const bankTransferId = await recordBankTransfer(ann, transfer)
    await sql`insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
      values ('settle', ${bankTransferId}, 1, 'customer_balance', ${accountId}, -3000, 'USD'),
        ('settle', ${bankTransferId}, 2, 'revenue', null, 3000, 'USD')`.execute(tx)
    await proposeReversal(ann, { bankTransferId, reason: 'the wrong customer' })
    await approveReversal(bob, { bankTransferId, note: 'seen on the statement' })
    expect(await balance()).toBe(-3_000n)
    expect(await getAccount(ann, accountId)).toMatchObject({ availableMinor: 0n })
    const meant = await givenAccount(ctx, { balanceMinor: 0n })
    await recordBankTransfer(ann, { ...transfer, accountId: meant.actor.accountId })
    expect((await getAccount(ann, meant.actor.accountId)).balanceMinor).toBe(5_000n)
  }))

test('a rejected reversal moves nothing and can be proposed again', () =>
  rolledBack(async (tx) => {
    const { ann, bob, transfer, balance } = await givenDesk(contextOf(tx))
    const bankTransferId = await recordBankTransfer(ann, transfer)
    await proposeReversal(ann, { bankTransferId, reason: 'the wrong customer' })
    await rejectReversal(bob, { bankTransferId, note: 'it is the right one' })
    expect(await balance()).toBe(5_000n)
    expect(await getBankTransfer(ann, bankTransferId)).toMatchObject({
      state: 'credited',
      reversalProposedBy: null,
    })
    await proposeReversal(ann, { bankTransferId, reason: 'it is not' })
    const { rows } =
      await sql`select action from audit_entry where subject_id = ${bankTransferId} order by seq`.execute(tx)
    expect(rows).toEqual([
      { action: 'bank_transfer.recorded' },
      { action: 'bank_transfer.reversal_proposed' },
      { action: 'bank_transfer.reversal_rejected' },
      { action: 'bank_transfer.reversal_proposed' },
    ])
  }))

test('a top-up is positive: a negative one would be a debit that nobody approved', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId, balance } = await givenDesk(ctx)
    for (const amountMinor of [0n, -1n]) {
      const receipt = { accountId, amountMinor, receiptId: ctx.newId() }
      await expect(topUp(ctx, receipt)).rejects.toThrow(code('amount_out_of_range'))
    }
    expect(await balance()).toBe(0n)
  }))

test('of 8 who record one transfer at once, one credits it; of 8 who decide its reversal at once, one does', async () => {
  const clone = await cloneDatabase({ connectionsMax: 8 })
  onTestFinished(clone.drop)
  const ctx = contextOf(clone.db)
  const { ann, bob, transfer, balance } = await givenDesk(ctx)
  const recorded = await Promise.allSettled(
    Array.from({ length: 8 }, () => recordBankTransfer(ann, transfer)),
  )
  expect(codesOf(recorded)).toEqual(Array(7).fill('bank_reference_known'))
  expect(await balance()).toBe(5_000n)
  const bankTransferId = recorded.find((each) => each.status === 'fulfilled')?.value ?? ''
  await proposeReversal(ann, { bankTransferId, reason: 'the wrong customer' })
  const decided = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) =>
      index % 2 === 0
        ? approveReversal(bob, { bankTransferId })
        : rejectReversal(bob, { bankTransferId, note: 'no' }),
    ),
  )
  expect(codesOf(decided)).toEqual(Array(7).fill('reversal_not_proposed'))
  const { state } = await getBankTransfer(ann, bankTransferId)
  expect(await balance()).toBe(state === 'reversed' ? 0n : 5_000n)
})

function codesOf(results: readonly PromiseSettledResult<unknown>[]): readonly unknown[] {
  return results.flatMap((each) => (each.status === 'rejected' ? [Reflect.get(each.reason, 'code')] : []))
}
