import { type Insertable, sql } from 'kysely'
import type { SubAccountTable } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertBackorder, insertPayment, insertUnpaid } from '../rows.ts'

async function insertSubAccount(
  { tx, ctx, buyer }: Fixture,
  changes: Partial<Insertable<SubAccountTable>> = {},
): Promise<string> {
  const id = ctx.newId()
  const row = { id, account_id: buyer.actor.accountId, label: 'an office', ...changes }
  await tx.insertInto('sub_account').values(row).execute()
  return id
}

/** A sub-account of an account that the fixture does not have. */
export async function insertForeign(fixture: Fixture): Promise<string> {
  const { tx, ctx } = fixture
  const [accountId, id] = [ctx.newId(), ctx.newId()]
  await tx.insertInto('account').values({ id: accountId, name: 'another', currency: 'USD' }).execute()
  await tx.insertInto('sub_account').values({ id, account_id: accountId, label: 'its office' }).execute()
  return id
}

export const subAccountViolations: readonly Violation[] = [
  {
    table: 'account',
    constraint: 'low_balance_not_negative',
    guarantee: 'the threshold of a low balance is not negative',
    violate: ({ tx }) => tx.updateTable('account').set({ low_balance_minor: -1n }).execute(),
  },
  {
    table: 'account',
    constraint: 'only_a_watched_balance_is_low',
    guarantee: 'only a balance with a threshold is low',
    violate: ({ tx }) => tx.updateTable('account').set({ balance_is_low: true }).execute(),
  },
  {
    table: 'account',
    constraint: 'account_version_positive',
    guarantee: 'versions of an account are counted from 1',
    violate: ({ tx }) => tx.updateTable('account').set({ version: 0 }).execute(),
  },
  {
    table: 'sub_account',
    constraint: 'sub_account_version_positive',
    guarantee: 'versions of a sub-account are counted from 1',
    violate: (fixture) => insertSubAccount(fixture, { version: 0 }),
  },
  {
    table: 'sub_account',
    constraint: 'sub_account_has_label',
    guarantee: 'a sub-account has a label',
    violate: (fixture) => insertSubAccount(fixture, { label: ' ' }),
  },
  {
    table: 'sub_account',
    constraint: 'monthly_limit_not_negative',
    guarantee: 'the limit of a sub-account is not negative',
    violate: (fixture) => insertSubAccount(fixture, { monthly_limit_minor: -1n }),
  },
  {
    table: 'sub_account',
    constraint: 'one_sub_account_per_label',
    guarantee: 'a label means one sub-account of an account',
    violate: async (fixture) => {
      await insertSubAccount(fixture)
      await insertSubAccount(fixture)
    },
  },
  {
    table: 'api_key',
    constraint: 'key_is_of_own_sub_account',
    guarantee: 'a key is of a sub-account of its own account',
    violate: async (fixture) => {
      const sub_account_id = await insertForeign(fixture)
      const account_id = fixture.buyer.actor.accountId
      const key = { id: fixture.ctx.newId(), account_id, sub_account_id, label: 'x', scopes: [] }
      await fixture.tx
        .insertInto('api_key')
        .values({ ...key, key_sha256: Buffer.alloc(32) })
        .execute()
    },
  },
  {
    table: 'backorder',
    constraint: 'order_is_of_own_sub_account',
    guarantee: 'an order is of a sub-account of its own account',
    violate: async (fixture) => {
      await insertBackorder(fixture, { sub_account_id: await insertForeign(fixture) })
    },
  },
  {
    table: 'payment',
    constraint: 'payment_is_of_own_sub_account',
    guarantee: 'a payment counts for a sub-account of its own account',
    violate: async (fixture) => {
      await insertPayment(fixture, { sub_account_id: await insertForeign(fixture) })
    },
  },
  {
    table: 'payment',
    constraint: 'only_the_balance_has_a_sub_account',
    guarantee: 'a card payment counts for no limit',
    violate: async (fixture) => {
      await insertUnpaid(fixture, { sub_account_id: await insertSubAccount(fixture) })
    },
  },
  {
    table: 'payment',
    constraint: 'sub_account_within_limit',
    guarantee: 'a sub-account spends no more in a month than its limit',
    violate: async (fixture) => {
      const sub_account_id = await insertSubAccount(fixture, { monthly_limit_minor: 3_799n })
      await insertPayment(fixture, { sub_account_id })
      await insertPayment(fixture, { sub_account_id })
    },
  },
  {
    table: 'sub_account_spend',
    constraint: 'sub_account_spend_not_negative',
    guarantee: 'no more is given back than was spent',
    violate: async (fixture) => {
      const id = await insertSubAccount(fixture)
      await sql`insert into sub_account_spend values (${id}, '2026-11-01', -1)`.execute(fixture.tx)
    },
  },
  {
    table: 'sub_account_spend',
    constraint: 'sub_account_spend_pkey',
    guarantee: 'what a sub-account spent in a month is one amount',
    violate: async (fixture) => {
      const id = await insertSubAccount(fixture)
      await sql`insert into sub_account_spend values (${id}, '2026-11-01', 1), (${id}, '2026-11-01', 2)`.execute(
        fixture.tx,
      )
    },
  },
]
