import type { Pool } from 'pg'
import type { Decided } from './stock.ts'

/**
 * A settlement as one would write it with `pg` and nothing else, in the fewest statements there can be: one. It writes the same
 * rows on the same schema, with all its constraints and triggers: target, listing, backorder, two attempts, the postings (a
 * trigger credits the balance), the refund or the registration and what the registry takes for it, and the events. What it does not do: look whether the target was decided already
 * by another, tell a machine's illegal step, or repeat after a deadlock.
 */
const lostStatement = `
  with target as (
    update catch_target set state = 'lost', decided_at = clock_timestamp(), decided_code = 2302, decided_by = $2, holder_clid = 'rival'
    where id = $1 and state = 'firing' returning id, listing_id, backorder_id, decided_at
  ), listed as (
    update listing set state = 'lost', ended_at = decided_at from target where listing.id = target.listing_id
  ), ordered as (
    update backorder set state = 'failed', failure_reason = 'lost', decided_at = target.decided_at
    from target where backorder.id = target.backorder_id returning backorder.*
  ), tried as (
    insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, answered_at, round_trip_us, outcome, code, message, svtrid)
    select cltrid, target.id, $2, 'create', $4, $4, 2000, 'answered', 2302, 'Object exists', 'SV'
    from target, unnest($3::text[]) as cltrid
  ), paid as (
    select payment.* from payment join ordered on ordered.id = payment.backorder_id and secures for update of payment
  ), owner as (
    select account.* from account join paid on paid.account_id = account.id for update of account
  ), refunded as (
    insert into refund (id, payment_id, cause, state, destination, amount_minor, currency, created_at, decided_at)
    select $5, paid.id, 'backorder_failed', 'succeeded', case when balance_minor < 0 then 'balance' else 'original_payment' end,
      captured_minor, paid.currency, target.decided_at, target.decided_at from paid, owner, target
  ), posted as (
    insert into posting (cause, cause_id, line, ledger_account, account_id, backorder_id, amount_minor, currency)
    select 'refund', $5, line, ledger_account, account_id, ordered.id, sign * price_minor, ordered.currency
    from ordered, (values (1, 'escrow', -1), (2, 'customer_balance', 1)) as side (line, ledger_account, sign)
  )
  insert into event (id, topic, account_id, subject_id, data)
  select event.id, event.topic, account_id, event.subject, to_jsonb(ordered)
  from ordered, lateral (values ($6::uuid, 'refund.succeeded', $5), ($7::uuid, 'backorder.failed', ordered.id)) as event (id, topic, subject)`

const wonStatement = `
  with target as (
    update catch_target set state = 'registered', decided_at = clock_timestamp(), decided_code = 1000, decided_by = $2,
      holder_clid = 'droplock', cr_date = $4
    where id = $1 and state = 'firing' returning id, listing_id, backorder_id, decided_at, fee_max_minor, fee_currency
  ), listed as (
    update listing set state = 'caught', ended_at = decided_at from target where listing.id = target.listing_id
  ), ordered as (
    update backorder set state = 'successful', settled_at = $4, decided_at = target.decided_at
    from target where backorder.id = target.backorder_id returning backorder.*
  ), tried as (
    insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, answered_at, round_trip_us, outcome, code, message, svtrid)
    select cltrid, target.id, $2, 'create', $4, $4, 2000, 'answered', 1000, 'done', 'SV' from target, unnest($3::text[]) as cltrid
  ), posted as (
    insert into posting (cause, cause_id, line, ledger_account, account_id, backorder_id, amount_minor, currency)
    select 'settle', id, line, ledger_account, account_id, id, sign * price_minor, currency
    from ordered, (values (1, 'escrow', -1), (2, 'revenue', 1)) as side (line, ledger_account, sign)
  ), kept as (
    insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
    select $6, id, account_id, $2, name, $4, $4::timestamptz + interval '1 year' from ordered
  ), charged as (
    insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, charged_at, cltrid, svtrid, backorder_id)
    select $7, $2, 'registration', name, 1, fee_max_minor, fee_currency, $4, ($3::text[])[1], 'SV', ordered.id from ordered, target
  )
  insert into event (id, topic, account_id, subject_id, data)
  select $5, 'backorder.successful', account_id, id, to_jsonb(ordered) from ordered`

/** Settles one target. Whether it was open. */
export async function settleBare(pool: Pool, newId: () => string, decided: Decided): Promise<boolean> {
  const common = [decided.targetId, decided.registryAccountId, decided.clTRIDs, decided.at]
  const done = decided.won
    ? await pool.query(wonStatement, [...common, newId(), newId(), newId()])
    : await pool.query(lostStatement, [...common, newId(), newId(), newId()])
  return (done.rowCount ?? 0) > 0
}
