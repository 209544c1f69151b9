import { sql } from 'kysely'
import { givenAccount } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertUnpaid } from '../rows.ts'

/** An account that nothing was ever done with, suspended. */
async function insertEmpty({ tx, ctx }: Fixture): Promise<string> {
  const id = ctx.newId()
  const row = { id, name: 'gone', currency: 'USD', disabled_at: new Date() }
  await tx.insertInto('account').values(row).execute()
  return id
}

async function insertClosed(fixture: Fixture): Promise<string> {
  const id = await insertEmpty(fixture)
  await close(fixture, id)
  return id
}

const close = ({ tx }: Fixture, id: string) =>
  sql`update account set closed_at = clock_timestamp(), closed_by = 'anna' where id = ${id}`.execute(tx)

export const closedAccountViolations: readonly Violation[] = [
  {
    table: 'account',
    constraint: 'closed_account_is_disabled',
    guarantee: 'the keys of a closed account stay refused',
    violate: async (fixture) => {
      const id = await insertClosed(fixture)
      await fixture.tx.updateTable('account').set({ disabled_at: null }).where('id', '=', id).execute()
    },
  },
  {
    table: 'account',
    constraint: 'closed_account_has_no_credit',
    guarantee: 'a closed account cannot owe by credit',
    violate: async (fixture) => {
      const id = await insertClosed(fixture)
      await fixture.tx.updateTable('account').set({ credit_limit_minor: 1n }).where('id', '=', id).execute()
    },
  },
  {
    table: 'account',
    constraint: 'closed_account_says_by_whom',
    guarantee: 'a closed account says who closed it',
    violate: async (fixture) => {
      const id = await insertClosed(fixture)
      await fixture.tx.updateTable('account').set({ closed_by: null }).where('id', '=', id).execute()
    },
  },
  {
    table: 'account',
    constraint: 'closed_account_was_empty',
    guarantee: 'an account with a balance is not closed',
    violate: async (fixture) => {
      const { actor } = await givenAccount(fixture.ctx)
      await sql`update account set disabled_at = clock_timestamp()`.execute(fixture.tx)
      await close(fixture, actor.accountId)
    },
  },
  {
    table: 'account',
    constraint: 'closed_account_was_empty',
    refusesAs: 'closed_account_had_nothing_open',
    guarantee: 'an account with an open order, payment or refund is not closed',
    violate: async (fixture) => {
      const id = await insertEmpty(fixture)
      await insertUnpaid(fixture, { account_id: id })
      await close(fixture, id)
    },
  },
  {
    table: 'payment',
    constraint: 'closed_account_opens_no_payment',
    guarantee: 'nothing is paid by card for a closed account',
    violate: async (fixture) => {
      await insertUnpaid(fixture, { account_id: await insertClosed(fixture) })
    },
  },
  {
    table: 'api_key',
    constraint: 'closed_account_gets_no_key',
    guarantee: 'a closed account gets no key',
    violate: async (fixture) => {
      const account_id = await insertClosed(fixture)
      const key = {
        id: fixture.ctx.newId(),
        account_id,
        label: 'x',
        scopes: [],
        key_sha256: Buffer.alloc(32),
      }
      await fixture.tx.insertInto('api_key').values(key).execute()
    },
  },
]
