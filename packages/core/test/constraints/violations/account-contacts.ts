import { type Insertable, sql } from 'kysely'
import type { AccountContactTable } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertBackorder } from '../rows.ts'

const AT = new Date('2026-11-24T12:00:00Z')

/** A contact of the buyer's without a version. */
async function insertAccountContact(
  fixture: Fixture,
  changes: Partial<Insertable<AccountContactTable>> = {},
): Promise<string> {
  const id = fixture.ctx.newId()
  await fixture.tx
    .insertInto('account_contact')
    .values({
      id,
      account_id: fixture.buyer.actor.accountId,
      is_default: false,
      created_at: AT,
      updated_at: AT,
      ...changes,
    })
    .execute()
  return id
}

type Version = {
  readonly accountContactId?: string
  readonly version?: number | null
  readonly details?: string
}

/** A version of a contact of the buyer's. */
async function insertVersion(fixture: Fixture, { version = 1, details = '{}', ...rest }: Version = {}) {
  const id = fixture.ctx.newId()
  const accountContactId = rest.accountContactId ?? (await insertAccountContact(fixture))
  await sql`
    insert into contact (id, account_id, account_contact_id, version, details, created_at)
    values (${id}, ${fixture.buyer.actor.accountId}, ${accountContactId}, ${version}, ${details}::jsonb, ${AT})`.execute(
    fixture.tx,
  )
  return id
}

export const accountContactViolations: readonly Violation[] = [
  {
    table: 'account_contact',
    constraint: 'account_contact_version_positive',
    guarantee: 'versions of a contact are counted from 1',
    violate: (fixture) => insertAccountContact(fixture, { version: 0 }),
  },
  {
    table: 'account_contact',
    constraint: 'one_default_contact_per_account',
    guarantee: 'an account has one default contact',
    violate: async (fixture) => {
      await insertAccountContact(fixture, { is_default: true })
      await insertAccountContact(fixture, { is_default: true })
    },
  },
  {
    table: 'account_contact',
    constraint: 'deleted_contact_is_no_default',
    guarantee: 'a deleted contact is not the default',
    violate: (fixture) => insertAccountContact(fixture, { is_default: true, deleted_at: AT }),
  },
  {
    table: 'contact',
    constraint: 'contact_of_an_account_has_version',
    guarantee: 'a contact of a reseller’s has a version',
    violate: (fixture) => insertVersion(fixture, { version: null }),
  },
  {
    table: 'contact',
    constraint: 'one_contact_per_version',
    guarantee: 'a version of a contact is one contact',
    violate: async (fixture) => {
      const accountContactId = await insertAccountContact(fixture)
      await insertVersion(fixture, { accountContactId })
      await insertVersion(fixture, { accountContactId })
    },
  },
  {
    table: 'contact',
    constraint: 'only_a_resellers_contact_is_erased',
    guarantee: 'a contact of the operator’s keeps its details',
    violate: async ({ tx, ctx }) => {
      const id = ctx.newId()
      await sql`insert into contact (id, details, created_at) values (${id}, '{}', ${AT})`.execute(tx)
      await sql`update contact set details = null where id = ${id}`.execute(tx)
    },
  },
  {
    table: 'refused_contact_notice',
    constraint: 'one_notice_per_refused_contact',
    guarantee: 'a holder is notified once that a contact of an order was refused',
    violate: async (fixture) => {
      const [contactId, backorderId] = [await insertVersion(fixture), await insertBackorder(fixture)]
      for (let times = 0; times < 2; times += 1)
        await sql`insert into refused_contact_notice values (${backorderId}, ${contactId}, ${AT})`.execute(
          fixture.tx,
        )
    },
  },
  {
    table: 'pending_contact_notice',
    constraint: 'one_notice_per_pending_contact',
    guarantee: 'a holder is notified once that a contact of an order is not made as its cut-off comes near',
    violate: async (fixture) => {
      const [contactId, backorderId] = [await insertVersion(fixture), await insertBackorder(fixture)]
      for (let times = 0; times < 2; times += 1)
        await sql`insert into pending_contact_notice values (${backorderId}, ${contactId}, ${AT})`.execute(
          fixture.tx,
        )
    },
  },
  {
    table: 'backorder',
    constraint: 'contact_of_a_role_has_registrant',
    guarantee: 'an order that names a contact names its registrant',
    violate: async (fixture) => {
      await insertBackorder(fixture, { tech_id: await insertVersion(fixture) })
    },
  },
  {
    table: 'backorder',
    constraint: 'order_names_own_contacts',
    guarantee: 'an order names contacts of its account that are not deleted',
    violate: async (fixture) => {
      const registrantId = await insertVersion(fixture)
      await sql`update contact set details = null where id = ${registrantId}`.execute(fixture.tx)
      await insertBackorder(fixture, { registrant_id: registrantId })
    },
  },
]
