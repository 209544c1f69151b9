import { sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertRegistration, insertRenewal } from './renewals.ts'

const AT = new Date('2026-11-24T12:00:00Z')
const EXPIRES_AT = new Date('2027-11-24T12:00:00Z')
const LAST_DAY = new Date('2027-12-24T12:00:00Z')
const unpaid = { state: 'pending_payment', pay_by: LAST_DAY, decided_at: null } as const

async function changeRegistration(fixture: Fixture, id: string, changes: Readonly<Record<string, unknown>>) {
  await fixture.tx.updateTable('registration').set(changes).where('id', '=', id).execute()
}

async function fileDeletion(fixture: Fixture, registrationId: string | null, kind = 'delete') {
  await sql`
    insert into registry_request (id, registry_account_id, kind, registration_id, state, created_at, try_after)
    select ${fixture.ctx.newId()}, id, ${kind}, ${registrationId}, 'waiting', ${AT}, ${AT} from registry_account`.execute(
    fixture.tx,
  )
}

/** A registration of the held name whose deletion is requested. */
async function insertDeleted(fixture: Fixture, changes: Readonly<Record<string, unknown>> = {}) {
  const id = await insertRegistration(fixture)
  await fileDeletion(fixture, id)
  await changeRegistration(fixture, id, {
    renewable_until: LAST_DAY,
    deletion_requested_at: LAST_DAY,
    ...changes,
  })
  return id
}

async function insertCharge(
  fixture: Fixture,
  registrationId: string,
  { kind = 'auto_renewal', amount = 900 } = {},
) {
  await sql`insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at, registration_id)
    select ${fixture.ctx.newId()}, id, ${kind}, ${fixture.held.name}, 1, ${amount}, 'USD', 'configured', ${EXPIRES_AT}, ${registrationId}
    from registry_account`.execute(fixture.tx)
}

function ofZone(
  rows: readonly (readonly [ConstraintName, string, Readonly<Record<string, unknown>>])[],
): readonly Violation[] {
  return rows.map(([constraint, guarantee, changes]) => ({
    table: 'zone',
    constraint,
    guarantee,
    violate: async ({ tx }) => {
      await tx.updateTable('zone').set(changes).execute()
    },
  }))
}

export const unrenewedViolations: readonly Violation[] = [
  ...ofZone([
    [
      'late_renewal_days_in_range',
      'a name is not renewed before its expiry by days after it',
      { late_renewal_days: -1 },
    ],
    [
      'auto_renew_grace_days_in_range',
      'the grace of a registry ends before its next renewal',
      { auto_renew_grace_days: 367 },
    ],
    [
      'late_renewal_ends_within_the_grace',
      'a name that nobody renews is deleted while its registry credits that',
      { late_renewal_days: 45 },
    ],
  ]),
  {
    table: 'registration',
    constraint: 'auto_renewal_is_later',
    guarantee: 'a registry adds years, and takes none away',
    violate: async (fixture) =>
      changeRegistration(fixture, await insertRegistration(fixture), { auto_renewed_until: AT }),
  },
  {
    table: 'registration',
    constraint: 'renewable_after_the_expiry',
    guarantee: 'a name can be renewed until its expiry at least',
    violate: async (fixture) =>
      changeRegistration(fixture, await insertRegistration(fixture), { renewable_until: AT }),
  },
  {
    table: 'registration',
    constraint: 'deleted_only_when_no_longer_renewable',
    guarantee: 'a name is not deleted while it can be renewed',
    violate: async (fixture) => {
      await insertDeleted(fixture, { deletion_requested_at: EXPIRES_AT })
    },
  },
  {
    table: 'registration',
    constraint: 'deletion_has_a_last_day',
    guarantee: 'no name is deleted whose holder was not notified of its expiry',
    violate: async (fixture) => {
      await insertDeleted(fixture, { renewable_until: null })
    },
  },
  {
    table: 'registration',
    constraint: 'renewed_name_is_not_deleted',
    guarantee: 'a name that is being renewed is not deleted',
    violate: async (fixture) => {
      const id = await insertRegistration(fixture)
      await insertRenewal(fixture, { registration_id: id, ...unpaid })
      await fileDeletion(fixture, id)
      await changeRegistration(fixture, id, { renewable_until: LAST_DAY, deletion_requested_at: LAST_DAY })
    },
  },
  {
    table: 'renewal',
    constraint: 'deleted_name_is_not_renewed',
    guarantee: 'a name that is being deleted is not renewed',
    violate: async (fixture) => {
      await insertRenewal(fixture, { registration_id: await insertDeleted(fixture), ...unpaid })
    },
  },
  {
    table: 'registration',
    constraint: 'requested_deletion_is_asked_for',
    guarantee: 'the catcher is asked to carry out every deletion',
    violate: async (fixture) => {
      const id = await insertRegistration(fixture)
      await changeRegistration(fixture, id, { renewable_until: LAST_DAY, deletion_requested_at: LAST_DAY })
    },
  },
  {
    table: 'registry_request',
    constraint: 'one_deletion_per_registration',
    guarantee: 'a deletion is carried out by one request',
    violate: async (fixture) => fileDeletion(fixture, await insertDeleted(fixture)),
  },
  {
    table: 'registry_request',
    constraint: 'delete_request_names_registration',
    guarantee: 'a request to delete names a registration',
    violate: (fixture) => fileDeletion(fixture, null),
  },
  {
    table: 'registry_charge',
    constraint: 'one_auto_renewal_per_expiry',
    guarantee: 'a registry renews a name by itself once at an expiry',
    violate: async (fixture) => {
      const id = await insertRegistration(fixture)
      await insertCharge(fixture, id)
      await insertCharge(fixture, id)
    },
  },
  {
    table: 'registry_charge',
    constraint: 'one_auto_renewal_credit_per_registration',
    guarantee: 'a deletion is credited once',
    violate: async (fixture) => {
      const id = await insertRegistration(fixture)
      const credit = { kind: 'auto_renewal_credit', amount: -900 }
      await insertCharge(fixture, id, credit)
      await insertCharge(fixture, id, credit)
    },
  },
]
