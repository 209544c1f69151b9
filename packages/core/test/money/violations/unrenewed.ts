import type { Violation } from './violation.ts'

const LIVE = `('pending_payment', 'paid', 'renewing')`

/** The first registration that is being renewed, or that is not. */
const registration = (isRenewed: boolean) => `(select registration.* from registration
  where ended_at is null and deletion_requested_at is null and ${isRenewed ? '' : 'not '}exists (
    select from renewal where registration_id = registration.id and state in ${LIVE}) order by id limit 1)`

const deletions = (isRenewed: boolean, times: number) => `insert into registry_request
    (id, registry_account_id, kind, registration_id, state, created_at, try_after)
  select gen_random_uuid(), registry_account_id, 'delete', id, 'waiting', now(), now()
  from ${registration(isRenewed)} as kept, generate_series(1, ${times})`

const remove = (isRenewed: boolean) => `update registration
  set renewable_until = registration.expires_at, deletion_requested_at = registration.expires_at
  from ${registration(isRenewed)} as kept where registration.id = kept.id`

const renew = `insert into renewal
    (id, registration_id, account_id, years, price_minor, currency, quoted_expires_at, state, created_at, pay_by)
  select gen_random_uuid(), id, account_id, 1, 1, 'USD', expires_at, 'pending_payment', now(), now()
  from registration where deletion_requested_at is not null and ended_at is null limit 1`

const charges = (kind: string, minor: number) => `insert into registry_charge
    (id, registry_account_id, kind, name, years, amount_minor, currency, charged_at, registration_id)
  select gen_random_uuid(), registry_account_id, '${kind}', name, 1, ${minor}, 'USD', expires_at, id
  from (select * from registration limit 1) as kept, generate_series(1, 2)`

export const unrenewedViolations: readonly Violation[] = [
  {
    constraint: 'renewed_name_is_not_deleted',
    table: 'registration',
    statements: [deletions(true, 1), remove(true)],
  },
  {
    constraint: 'deleted_name_is_not_renewed',
    table: 'renewal',
    statements: [deletions(false, 1), remove(false), renew],
  },
  {
    constraint: 'requested_deletion_is_asked_for',
    table: 'registration',
    statements: [remove(false)],
  },
  {
    constraint: 'one_deletion_per_registration',
    table: 'registry_request',
    statements: [deletions(false, 2)],
  },
  {
    constraint: 'one_auto_renewal_per_expiry',
    table: 'registry_charge',
    statements: [charges('auto_renewal', 800)],
  },
  {
    constraint: 'one_auto_renewal_credit_per_registration',
    table: 'registry_charge',
    statements: [charges('auto_renewal_credit', -800)],
  },
]
