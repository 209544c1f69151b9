import { money } from '@droplock/rules/money'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  allMovements,
  type BooksWorld,
  givenCardOrder,
  givenTopUp,
  inSandboxBooks,
  movementOf,
  reconcileNow,
  terms,
} from './world.ts'

const instead = (world: BooksWorld, change: Partial<PaymentProvider>) => ({
  provider: { ...world.there.provider, ...change },
})

test('a movement settled in another currency is compared by the amount that the customer saw', () =>
  inSandboxBooks(async (world) => {
    const { paymentId } = await givenCardOrder(world, 'one.test')
    const settledAs = (minor: (amountMinor: bigint) => bigint): Partial<PaymentProvider> => ({
      listBalanceTransactions: async (range, cursor) => {
        const answer = await world.there.provider.listBalanceTransactions(range, cursor)
        if (answer.kind !== 'done') return answer
        const transactions = answer.value.transactions.map((movement) => ({
          ...movement,
          settled: money(minor(movement.settled.amountMinor), 'EUR'),
        }))
        return { kind: 'done', value: { ...answer.value, transactions } }
      },
    })
    const agreed = settledAs((minor) => (minor * 9n) / 10n)
    expect((await reconcileNow(world, instead(world, agreed))).found).toEqual([])
    const altered = settledAs((minor) => (minor * 8n) / 10n)
    expect((await reconcileNow(world, instead(world, altered))).found).toMatchObject([
      { kind: 'altered', ours: { id: paymentId }, detail: expect.stringContaining('17.10 EUR') },
    ])
  }))

test('nothing is lost where a page ends', () =>
  inSandboxBooks(async (world) => {
    for (let count = 0; count < 101; count += 1) await givenTopUp(world, BigInt(1_000 + count))
    expect(await allMovements(world.there.provider)).toHaveLength(101)
    expect(await reconcileNow(world)).toMatchObject({ movements: 101, findings: 0 })
  }))

test('what is younger than the settling time is not missing yet', () =>
  inSandboxBooks(async (world) => {
    const { providerId, paymentId } = await givenCardOrder(world, 'one.test')
    await world.there.tamper(await movementOf(world.there.provider, providerId), 'drop')
    const young = { terms: { ...terms, settlingMs: 3_600_000 } }
    expect((await reconcileNow(world, young)).found).toEqual([])
    expect((await reconcileNow(world)).found).toMatchObject([{ ours: { id: paymentId } }])
  }))

test('a provider that does not answer leaves its items as they are, and is reported as unread', () =>
  inSandboxBooks(async (world) => {
    const { providerId } = await givenCardOrder(world, 'one.test')
    await world.there.tamper(await movementOf(world.there.provider, providerId), 'drop')
    await reconcileNow(world)
    const away = {
      listBalanceTransactions: async () => ({ kind: 'ambiguous', reason: 'timeout' }) as const,
    }
    expect(await reconcileNow(world, instead(world, away))).toMatchObject({
      findings: 0,
      unmatched: 1,
      unread: ['sandbox: ambiguous, timeout'],
    })
  }))

test('a ledger that differs from the rows is reported by its sum', () =>
  inSandboxBooks(async (world) => {
    await givenCardOrder(world, 'one.test')
    for (const trigger of ['card_money_is_where_it_belongs', 'posting_set_sums_to_zero'])
      await sql`alter table posting disable trigger ${sql.id(trigger)}`.execute(world.ctx.db)
    const { rows } = await sql<{ payment_id: string; account_id: string }>`
      select payment_id, account_id from posting where ledger_account = 'provider_clearing'`.execute(
      world.ctx.db,
    )
    await world.ctx.db
      .insertInto('posting')
      .values({
        cause: 'receipt',
        cause_id: world.ctx.newId(),
        line: 1,
        ledger_account: 'provider_clearing',
        amount_minor: 1n,
        currency: 'USD',
        payment_id: rows[0]?.payment_id ?? null,
        account_id: rows[0]?.account_id ?? null,
      })
      .execute()
    const { found } = await reconcileNow(world)
    expect(found).toContainEqual(
      expect.objectContaining({ kind: 'sum_differs', oursAmount: money(1_899n, 'USD') }),
    )
    expect(found).toContainEqual(
      expect.objectContaining({ side: 'ledger', kind: 'broken', subject: 'ledger_sums_to_zero' }),
    )
  }))
