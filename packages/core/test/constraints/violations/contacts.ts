import { sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function insertContact({ tx, ctx }: Fixture): Promise<string> {
  const id = ctx.newId()
  await sql`insert into contact (id, details, created_at) values (${id}, '{}'::jsonb, ${AT})`.execute(tx)
  return id
}

type Row = Readonly<Record<string, string | null>>

/** A contact that is requested at the fixture's registry and not created yet. Returns its id. */
async function insertAtRegistry(fixture: Fixture, row: Row = {}): Promise<string> {
  const { contact_id = await insertContact(fixture), handle = 'DL1', state = 'pending' } = row
  const { decided_at = null, answer_message = null } = row
  await sql`
    insert into registry_contact (contact_id, registry_account_id, handle, state, decided_at, answer_message)
    select ${contact_id}, id, ${handle}, ${state}, ${decided_at}, ${answer_message} from registry_account`.execute(
    fixture.tx,
  )
  return contact_id ?? ''
}

async function insertDefault(fixture: Fixture, contactId: string, role = 'registrant') {
  await sql`
    insert into default_contact (registry_account_id, role, contact_id, set_at)
    select id, ${role}, ${contactId}, ${AT} from registry_account`.execute(fixture.tx)
}

async function insertRequest(fixture: Fixture, contactId: string | null, kind = 'contact_create') {
  await sql`
    insert into registry_request (id, registry_account_id, kind, contact_id, state, created_at, try_after)
    select ${fixture.ctx.newId()}, id, ${kind}, ${contactId}, 'waiting', ${AT}, ${AT} from registry_account`.execute(
    fixture.tx,
  )
}

/** Contacts that no state of the machine allows, with the check that refuses each. */
function atRegistry(rows: readonly (readonly [ConstraintName, string, Row])[]): readonly Violation[] {
  return rows.map(([constraint, guarantee, row]) => ({
    table: 'registry_contact',
    constraint,
    guarantee,
    violate: (fixture) => insertAtRegistry(fixture, row),
  }))
}

export const contactViolations: readonly Violation[] = [
  {
    table: 'zone',
    constraint: 'zone_contact_roles_known',
    guarantee: 'a zone requires contacts of known roles',
    violate: ({ tx }) => sql`update zone set contact_roles = '{registrant,janitor}'`.execute(tx),
  },
  {
    table: 'contact',
    constraint: 'contact_details_are_final',
    guarantee: 'the details of a contact never change',
    violate: async (fixture) => {
      await insertContact(fixture)
      await sql`update contact set details = '{"email": "another@example.com"}'::jsonb`.execute(fixture.tx)
    },
  },
  ...atRegistry([
    ['contact_handle_fits_registries', 'the id of a contact fits every registry', { handle: 'DL' }],
    [
      'decided_contact_has_time',
      'a contact has a decision time exactly if it is created or refused',
      { state: 'created', decided_at: null },
    ],
    [
      'failed_contact_has_message',
      'a refused contact has the registry’s answer',
      { state: 'failed', decided_at: AT.toISOString() },
    ],
  ]),
  {
    table: 'registry_contact',
    constraint: 'registry_contact_state_known',
    guarantee: 'a contact at a registry is in a state of its machine',
    backstops: [['registry_contact', 'decided_contact_has_time']],
    violate: (fixture) => insertAtRegistry(fixture, { state: 'hoped' }),
  },
  {
    table: 'registry_contact',
    constraint: 'one_contact_at_a_registry',
    guarantee: 'a contact exists once at a registry',
    // They refer to it.
    backstops: [
      ['default_contact', 'default_contact_is_asked_for'],
      ['registry_request', 'requested_contact_is_of_the_account'],
    ],
    violate: async (fixture) => {
      const contact_id = await insertAtRegistry(fixture)
      await insertAtRegistry(fixture, { contact_id, handle: 'DL2' })
    },
  },
  {
    table: 'registry_contact',
    constraint: 'one_contact_per_handle',
    guarantee: 'an id at a registry belongs to one contact',
    violate: async (fixture) => {
      await insertAtRegistry(fixture)
      await insertAtRegistry(fixture)
    },
  },
  {
    table: 'default_contact',
    constraint: 'default_contact_role_known',
    guarantee: 'a default contact has a known role',
    violate: async (fixture) => insertDefault(fixture, await insertAtRegistry(fixture), 'janitor'),
  },
  {
    table: 'default_contact',
    constraint: 'one_default_contact_at_a_time',
    guarantee: 'an account has one default contact of a role at a time',
    violate: async (fixture) => {
      const contactId = await insertAtRegistry(fixture)
      await insertDefault(fixture, contactId)
      await insertDefault(fixture, contactId)
    },
  },
  {
    table: 'default_contact',
    constraint: 'default_contact_is_asked_for',
    guarantee: 'a default contact is requested at its registry',
    violate: async (fixture) => insertDefault(fixture, await insertContact(fixture)),
  },
  {
    table: 'registry_request',
    constraint: 'contact_request_names_contact',
    guarantee: 'a request for a contact has the contact',
    violate: (fixture) => insertRequest(fixture, null),
  },
  {
    table: 'registry_request',
    constraint: 'requested_contact_is_of_the_account',
    guarantee: 'a requested contact belongs to the registry account',
    violate: async (fixture) => insertRequest(fixture, await insertContact(fixture)),
  },
  {
    table: 'registry_request',
    constraint: 'one_request_per_contact',
    guarantee: 'a contact at a registry has one request',
    violate: async (fixture) => {
      const contactId = await insertAtRegistry(fixture)
      await insertRequest(fixture, contactId)
      await insertRequest(fixture, contactId)
    },
  },
]
