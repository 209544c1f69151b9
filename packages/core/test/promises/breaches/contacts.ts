import { sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function insertContact({ tx, ctx }: Scene): Promise<string> {
  const id = ctx.newId()
  await sql`insert into contact (id, details, created_at) values (${id}, '{}'::jsonb, ${AT})`.execute(tx)
  return id
}

type Row = Readonly<Record<string, string | null>>

/** A contact at the registry of the scene, asked for and not made yet. Returns its id. */
async function insertAtRegistry(scene: Scene, row: Row = {}): Promise<string> {
  const { contact_id = await insertContact(scene), handle = 'DL1', state = 'pending' } = row
  const { decided_at = null, answer_message = null } = row
  await sql`
    insert into registry_contact (contact_id, registry_account_id, handle, state, decided_at, answer_message)
    select ${contact_id}, id, ${handle}, ${state}, ${decided_at}, ${answer_message} from registry_account`.execute(
    scene.tx,
  )
  return contact_id ?? ''
}

async function insertDefault(scene: Scene, contactId: string, role = 'registrant') {
  await sql`
    insert into default_contact (registry_account_id, role, contact_id, set_at)
    select id, ${role}, ${contactId}, ${AT} from registry_account`.execute(scene.tx)
}

async function insertRequest(scene: Scene, contactId: string | null, kind = 'contact_create') {
  await sql`
    insert into registry_request (id, registry_account_id, kind, contact_id, state, created_at, try_after)
    select ${scene.ctx.newId()}, id, ${kind}, ${contactId}, 'waiting', ${AT}, ${AT} from registry_account`.execute(
    scene.tx,
  )
}

/** Contacts that no registry has, or that no state of the machine allows, each by the check that says so. */
function atRegistry(rows: readonly (readonly [ConstraintName, string, Row])[]): readonly Breach[] {
  return rows.map(([keeper, promise, row]) => ({
    table: 'registry_contact',
    keeper,
    promise,
    deed: (scene) => insertAtRegistry(scene, row),
  }))
}

export const contactBreaches: readonly Breach[] = [
  {
    table: 'zone',
    keeper: 'zone_contact_roles_known',
    promise: 'a zone wants contacts of roles that there are',
    deed: ({ tx }) => sql`update zone set contact_roles = '{registrant,janitor}'`.execute(tx),
  },
  {
    table: 'contact',
    keeper: 'contact_details_are_final',
    promise: 'a contact is what registries were told of it',
    deed: async (scene) => {
      await insertContact(scene)
      await sql`update contact set details = '{"email": "another@example.com"}'::jsonb`.execute(scene.tx)
    },
  },
  ...atRegistry([
    ['contact_handle_fits_registries', 'the id of a contact fits every registry', { handle: 'DL' }],
    [
      'decided_contact_has_time',
      'a contact that is made or refused tells when',
      { state: 'created', decided_at: null },
    ],
    [
      'failed_contact_has_message',
      'a contact that was refused tells why',
      { state: 'failed', decided_at: AT.toISOString() },
    ],
  ]),
  {
    table: 'registry_contact',
    keeper: 'registry_contact_state_known',
    promise: 'a contact at a registry is in a state of its machine',
    backstops: [['registry_contact', 'decided_contact_has_time']],
    deed: (scene) => insertAtRegistry(scene, { state: 'hoped' }),
  },
  {
    table: 'registry_contact',
    keeper: 'one_contact_at_a_registry',
    promise: 'a contact is at a registry once',
    // They refer to it.
    backstops: [
      ['default_contact', 'default_contact_is_asked_for'],
      ['registry_request', 'requested_contact_is_of_the_account'],
    ],
    deed: async (scene) => {
      const contact_id = await insertAtRegistry(scene)
      await insertAtRegistry(scene, { contact_id, handle: 'DL2' })
    },
  },
  {
    table: 'registry_contact',
    keeper: 'one_contact_per_handle',
    promise: 'an id at a registry is of one contact',
    deed: async (scene) => {
      await insertAtRegistry(scene)
      await insertAtRegistry(scene)
    },
  },
  {
    table: 'default_contact',
    keeper: 'default_contact_role_known',
    promise: 'a default contact has a role that there is',
    deed: async (scene) => insertDefault(scene, await insertAtRegistry(scene), 'janitor'),
  },
  {
    table: 'default_contact',
    keeper: 'one_default_contact_at_a_time',
    promise: 'an account has one default contact of a role at a time',
    deed: async (scene) => {
      const contactId = await insertAtRegistry(scene)
      await insertDefault(scene, contactId)
      await insertDefault(scene, contactId)
    },
  },
  {
    table: 'default_contact',
    keeper: 'default_contact_is_asked_for',
    promise: 'a default contact is asked for at its registry',
    deed: async (scene) => insertDefault(scene, await insertContact(scene)),
  },
  {
    table: 'registry_request',
    keeper: 'contact_request_names_contact',
    promise: 'a request to make a contact says which',
    deed: (scene) => insertRequest(scene, null),
  },
  {
    table: 'registry_request',
    keeper: 'requested_contact_is_of_the_account',
    promise: 'a registry is asked for contacts that are to be there',
    deed: async (scene) => insertRequest(scene, await insertContact(scene)),
  },
  {
    table: 'registry_request',
    keeper: 'one_request_per_contact',
    promise: 'a registry is asked for a contact by one request',
    deed: async (scene) => {
      const contactId = await insertAtRegistry(scene)
      await insertRequest(scene, contactId)
      await insertRequest(scene, contactId)
    },
  },
]
