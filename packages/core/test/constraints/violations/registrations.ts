import { type Insertable, sql } from 'kysely'
import type {
  AuthCodeTable,
  ConstraintName,
  RegistrationRequestTable,
} from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertRegistration } from './renewals.ts'

const AT = new Date('2026-11-24T12:00:00Z')
const SALT = Buffer.alloc(32, 7)

/** A registration of the held name, with these columns changed. */
async function changeRegistration(fixture: Fixture, changes: Readonly<Record<string, unknown>>) {
  const id = await insertRegistration(fixture)
  await fixture.tx.updateTable('registration').set(changes).where('id', '=', id).execute()
}

async function fileRequest(fixture: Fixture, requestId: string | null, kind = 'registration_change') {
  await sql`
    insert into registry_request (id, registry_account_id, kind, registration_request_id, state, created_at, try_after)
    select ${fixture.ctx.newId()}, id, ${kind}, ${requestId}, 'waiting', ${AT}, ${AT} from registry_account`.execute(
    fixture.tx,
  )
}

/** A live request for name servers of the held name, which the catcher is asked to carry out. */
async function insertChange(
  fixture: Fixture,
  changes: Partial<Insertable<RegistrationRequestTable>> = {},
  { filed = true } = {},
): Promise<string> {
  const id = fixture.ctx.newId()
  await fixture.tx
    .insertInto('registration_request')
    .values({
      id,
      registration_id: changes.registration_id ?? (await insertRegistration(fixture)),
      account_id: fixture.buyer.actor.accountId,
      kind: 'name_servers',
      wanted: sql`'[]'::jsonb`,
      state: 'queued',
      created_at: AT,
      ...changes,
    })
    .execute()
  if (filed) await fileRequest(fixture, id)
  return id
}

async function insertAuthCode(fixture: Fixture, code: Partial<Insertable<AuthCodeTable>>): Promise<string> {
  const id = await insertChange(fixture, { kind: 'auth_code', wanted: null })
  await fixture.tx
    .insertInto('auth_code')
    .values({ request_id: id, salt: SALT, ...code })
    .execute()
  return id
}

function ofRegistration(
  rows: readonly (readonly [ConstraintName, string, Readonly<Record<string, unknown>>])[],
): readonly Violation[] {
  return rows.map(([constraint, guarantee, changes]) => ({
    table: 'registration',
    constraint,
    guarantee,
    violate: (fixture) => changeRegistration(fixture, changes),
  }))
}

function ofRequest(
  rows: readonly (readonly [ConstraintName, string, Partial<Insertable<RegistrationRequestTable>>])[],
): readonly Violation[] {
  return rows.map(([constraint, guarantee, changes]) => ({
    table: 'registration_request',
    constraint,
    guarantee,
    violate: (fixture) => insertChange(fixture, changes),
  }))
}

function ofAuthCode(
  rows: readonly (readonly [ConstraintName, string, Partial<Insertable<AuthCodeTable>>])[],
): readonly Violation[] {
  return rows.map(([constraint, guarantee, code]) => ({
    table: 'auth_code',
    constraint,
    guarantee,
    violate: (fixture) => insertAuthCode(fixture, code),
  }))
}

const ended = { ended_at: AT, end_reason: 'not_held', confirm_after: null } as const
const set = { secret_id: 'a secret', valid_until: AT } as const

export const registrationViolations: readonly Violation[] = [
  ...ofRegistration([
    ['registration_end_known', 'a registration ends for a known reason', { ...ended, end_reason: 'sold' }],
    [
      'ended_registration_has_reason',
      'an ended registration has a reason',
      { ended_at: AT, confirm_after: null },
    ],
    [
      'ended_registration_is_not_asked_about',
      'the registry is asked about what is registered, and not about what has ended',
      { confirm_after: null },
    ],
    [
      'expiry_notice_known',
      'a notice is a month or a week before, or at the expiry',
      { notice_expires_at: AT, notice_days: 3 },
    ],
    ['expiry_notice_is_of_an_expiry', 'a notice is about an expiry', { notice_days: 7 }],
    [
      'confirmed_registration_is_described',
      'what the registry confirmed is kept completely',
      { confirmed_at: AT },
    ],
  ]),
  ...ofRequest([
    [
      'all_but_auth_codes_say_what_is_wanted',
      'a change of name servers says which',
      { kind: 'name_servers', wanted: null },
    ],
    [
      'decided_registration_request_has_time',
      'a decided request has a decision time',
      { state: 'succeeded' },
    ],
    [
      'only_failed_registration_request_has_reason',
      'a failed request has a reason',
      { state: 'failed', decided_at: AT },
    ],
  ]),
  {
    table: 'registration_request',
    constraint: 'registration_request_kind_known',
    guarantee: 'what is requested is of a known kind',
    violate: (fixture) => insertChange(fixture, { kind: sql`'colour'` as never }),
  },
  {
    table: 'registration_request',
    constraint: 'registration_request_state_known',
    guarantee: 'a request has a known state',
    violate: (fixture) => insertChange(fixture, { state: sql`'lost'` as never }),
  },
  {
    table: 'registration_request',
    constraint: 'registration_request_failure_known',
    guarantee: 'a request fails for a known reason',
    violate: (fixture) =>
      insertChange(fixture, { state: 'failed', decided_at: AT, failure_reason: sql`'bored'` as never }),
  },
  {
    table: 'registration_request',
    constraint: 'change_is_requested_by_the_holder',
    guarantee: 'only its holder changes a registration',
    violate: async (fixture) => {
      const other = fixture.ctx.newId()
      await sql`insert into account (id, name, currency) values (${other}, 'another', 'USD')`.execute(
        fixture.tx,
      )
      await insertChange(fixture, { account_id: other })
    },
  },
  {
    table: 'registration_request',
    constraint: 'one_live_change_of_a_kind',
    guarantee: 'a registration has one change of a kind at a time',
    violate: async (fixture) => {
      const registrationId = await insertRegistration(fixture)
      await insertChange(fixture, { registration_id: registrationId })
      await insertChange(fixture, { registration_id: registrationId })
    },
  },
  {
    table: 'registration_request',
    constraint: 'registration_request_terms_are_final',
    guarantee: 'what was requested never changes',
    violate: async (fixture) => {
      const id = await insertChange(fixture)
      await sql`update registration_request set wanted = '[1]' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'registration_request',
    constraint: 'live_change_is_asked_for',
    guarantee: 'the catcher is asked to carry out every requested change',
    violate: (fixture) => insertChange(fixture, {}, { filed: false }),
  },
  {
    table: 'registry_request',
    constraint: 'change_request_names_what_was_requested',
    guarantee: 'a request for a change names what was requested',
    violate: (fixture) => fileRequest(fixture, null),
  },
  {
    table: 'registry_request',
    constraint: 'one_registry_request_per_change',
    guarantee: 'a change is carried out by one request',
    violate: async (fixture) => fileRequest(fixture, await insertChange(fixture)),
  },
  ...ofAuthCode([
    ['auth_code_salt_is_long', 'a salt cannot be guessed', { salt: Buffer.alloc(8) }],
    ['set_auth_code_has_end', 'an auth code is valid for a limited time', { secret_id: 'a secret' }],
    [
      'only_a_set_auth_code_is_shown',
      'an auth code is shown only if it is set at the registry',
      { salt: null, shown_at: AT },
    ],
    [
      'shown_auth_code_has_no_salt',
      'an auth code that was shown cannot be derived again',
      { ...set, shown_at: AT },
    ],
  ]),
  {
    table: 'auth_code',
    constraint: 'auth_code_is_shown_once',
    guarantee: 'an auth code is shown once',
    violate: async (fixture) => {
      const id = await insertAuthCode(fixture, { ...set, salt: null, shown_at: AT })
      await sql`update auth_code set shown_at = now() where request_id = ${id}`.execute(fixture.tx)
    },
  },
]
