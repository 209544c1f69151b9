import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'

/** So many orders are of one account, the largest of which have ten times as many. */
const ORDERS_PER_ACCOUNT = 500
const ATTEMPTS_PER_TARGET = 5
/** The case with the most attempts: the catcher tried it for two minutes. */
export const LONG_CASE_ATTEMPTS = 5_000

/**
 * `rows` backorders with all that belongs to them, made by SQL: listings (a quarter more), payments, postings, refunds, targets, attempts,
 * events and invoices. A year of them, one in seven still undecided, and a drop of 10,000 that runs now. Triggers and foreign keys are off
 * while they are written. `isMoneyAlone`: without targets, attempts and events, which are most of the rows.
 */
export async function stockOrders(
  db: Kysely<Database>,
  rows: number,
  { isMoneyAlone = false }: { readonly isMoneyAlone?: boolean } = {},
): Promise<void> {
  await db.connection().execute(async (one) => {
    const run = async (statement: RawBuilder<unknown>) => void (await statement.execute(one))
    await run(sql`set session_replication_role = replica`)
    await run(sql`set statement_timeout = 0`)
    for (const statement of statements(rows, isMoneyAlone)) await run(statement)
    await run(sql`set session_replication_role = default`)
    await run(sql`drop table bench_order, bench_account`)
    await run(sql`vacuum analyze`)
  })
}

const zones = sql`(array['shop', 'site', 'pl', 'com.pl', 'net.pl'])`
const words = sql`(array['amber', 'birch', 'cedar', 'dawn', 'ember', 'fern', 'grove', 'hazel', 'iris', 'juniper'])`

function* statements(rows: number, isMoneyAlone: boolean) {
  const accounts = Math.max(20, Math.round(rows / ORDERS_PER_ACCOUNT))
  yield sql`create unlogged table bench_account as
    select n, uuidv7(-(interval '400 days')) as id from generate_series(0, ${sql.lit(accounts - 1)}) as n`
  yield sql`insert into account (id, name, currency, balance_minor)
    select id, 'Reseller ' || n, 'USD', case when n % 10 = 0 then -50000 else 1000000 end from bench_account`
  yield ordersOf(rows, accounts)
  yield sql`create index on bench_order (n)`
  yield sql`analyze bench_order`
  yield* ofListings()
  yield* ofMoney()
  if (isMoneyAlone) return
  yield* ofDrops()
  yield* ofPresentDrop(rows)
  yield* ofRecords()
}

/** What each order is: one account in ten has half of all; the newest seventh is undecided. */
function ordersOf(rows: number, accounts: number) {
  const total = sql.lit(rows)
  return sql`create unlogged table bench_order as
    select n, uuidv7(drop_from - interval '3 days' - clock_timestamp()) as id,
      uuidv7(drop_from - interval '9 days' - clock_timestamp()) as listing_id, uuidv7() as target_id, uuidv7() as payment_id,
      uuidv7(drop_from - clock_timestamp()) as refund_id,
      (select id from bench_account where bench_account.n = case when drawn % 2 = 0 then drawn % greatest(${sql.lit(accounts)} / 10, 1) else drawn % ${sql.lit(accounts)} end) as account_id,
      ${words}[1 + drawn % 10] || '-' || to_hex(n) || '-' || ${words}[1 + (drawn / 10) % 10] || '.' || zone as name, zone,
      n > ${total} * 6 / 7 as is_open,
      case when n > ${total} * 6 / 7 then 'open' when drawn % 10 < 3 then 'caught' when drawn % 10 < 8 then 'lost' else 'missed' end as listing_state,
      drop_from, drop_from - interval '3 days' as ordered_at
    from (
      select n, ('x' || substr(md5(n::text), 1, 7))::bit(28)::integer as drawn, ${zones}[1 + n % 5] as zone,
        clock_timestamp() + interval '20 days' - (interval '365 days' * (${total} - n) / ${total}) as drop_from
      from generate_series(1, ${total}) as n) as drawn`
}

function* ofListings() {
  yield sql`insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, holder, created_at, ended_at)
    select listing_id, name, zone, listing_state, drop_from - interval '9 days', drop_from - interval '4 hours', drop_from, drop_from + interval '1 hour',
      id, drop_from - interval '9 days', case when not is_open then drop_from end
    from bench_order`
  yield sql`insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, created_at)
    select uuidv7(), 'free-' || name, zone, 'open', ordered_at, clock_timestamp() + interval '5 days', clock_timestamp() + interval '6 days', clock_timestamp() + interval '7 days', ordered_at
    from bench_order where n % 4 = 0`
  yield sql`insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, decided_at, settled_at, failure_reason, reference)
    select id, listing_id, name, account_id, ${backorderState}, 1900, 'USD', ordered_at, ordered_at, case when not is_open then drop_from end,
      case when listing_state = 'caught' then drop_from end, case when listing_state in ('lost', 'missed') then listing_state end, 'PO-' || n
    from bench_order`
}

const backorderState = sql`case listing_state when 'open' then 'backordered' when 'caught' then 'successful' else 'failed' end`
const isFailed = sql`listing_state in ('lost', 'missed')`

function* ofMoney() {
  yield sql`insert into payment (id, account_id, backorder_id, method, state, amount_minor, captured_minor, currency, secures, created_at)
    select payment_id, account_id, id, 'balance', 'succeeded', 1900, 1900, 'USD', true, ordered_at from bench_order`
  const lines = sql`(values (1, -1900), (2, 1900)) as line (number, amount)`
  yield sql`insert into posting (cause, cause_id, line, ledger_account, account_id, backorder_id, amount_minor, currency, posted_at, payment_id)
    select 'secure', payment_id, line.number, case line.number when 1 then 'customer_balance' else 'escrow' end, account_id, id, line.amount, 'USD', ordered_at, payment_id
    from bench_order, ${lines}`
  yield sql`insert into posting (cause, cause_id, line, ledger_account, account_id, backorder_id, amount_minor, currency, posted_at, payment_id)
    select case when listing_state = 'caught' then 'settle' else 'refund' end, case when listing_state = 'caught' then id else refund_id end, line.number,
      case when line.number = 1 then 'escrow' when listing_state = 'caught' then 'revenue' else 'customer_balance' end,
      account_id, id, line.amount, 'USD', drop_from, payment_id
    from bench_order, ${lines} where not is_open`
  yield sql`insert into refund (id, payment_id, cause, state, destination, amount_minor, currency, created_at, decided_at)
    select refund_id, payment_id, 'backorder_failed', case when n % 1000 = 0 then 'approved' else 'succeeded' end, 'balance', 1900, 'USD', drop_from, drop_from
    from bench_order where ${isFailed}`
  yield sql`insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, charged_at, backorder_id)
    select uuidv7(drop_from - clock_timestamp()), ${registryOf} || '/droplock', 'registration', name, 1, 800, 'USD', drop_from, id
    from bench_order where listing_state = 'caught'`
  yield sql`insert into invoice (id, kind, mode, year, sequence, number, issued_at, account_id, backorder_id, buyer_name, buyer_address, buyer_country,
      buyer_email, seller_name, seller_address, seller_country, service, name, name_unicode, years, service_from, service_to, currency, gross_minor, net_minor,
      tax_minor, tax_basis_points)
    select uuidv7(drop_from - clock_timestamp()), 'invoice', 'test', extract(year from drop_from at time zone 'UTC')::integer, n, 'TEST-INV-2026-' || lpad(n::text, 8, '0'), drop_from, account_id, id, 'Buyer', 'Street 1', 'IE',
      'buyer@x.test', 'Seller', 'Street 2', 'IE', 'registration', name, name, 1, drop_from, drop_from + interval '1 year', 'USD', 1900, 1545, 355, 2300
    from bench_order where listing_state = 'caught'`
}

function* ofDrops() {
  yield sql`insert into catch_target (id, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to, grace_until, fee_max_minor, fee_currency,
      armed_at, decided_at, decided_code, decided_basis, deciding_cltrid, cr_date, holder_clid)
    select target_id, listing_id, id, ${registryOf}, name, case listing_state when 'caught' then 'registered' else listing_state end, ordered_at, drop_from,
      drop_from + interval '1 hour', drop_from + interval '2 hours', 800, 'USD', drop_from - interval '4 hours', drop_from, 1000, 'create', n || '-1',
      case when listing_state = 'caught' then drop_from end, 'rival-' || n % 7
    from bench_order where not is_open`
  yield sql`insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, answered_at, round_trip_us, outcome, code, message, svtrid)
    select n || '-' || step, target_id, ${registryOf} || '/droplock', 'create', drop_from + step * interval '25 ms', drop_from + step * interval '25 ms', 9000, 'answered',
      2302, 'Object exists', 'SIM-' || n || '-' || step
    from bench_order, generate_series(1, case when n = 1 then ${sql.lit(LONG_CASE_ATTEMPTS)} else ${sql.lit(ATTEMPTS_PER_TARGET)} end) as step where not is_open`
}

/** A drop that runs now: so many names of one zone in one window, half of them firing, and as many that were decided in the last hour. */
const PRESENT_NAMES = 10_000

function* ofPresentDrop(rows: number) {
  const present = sql`bench_order.zone = 'shop' and n > ${sql.lit(rows)} * 6 / 7 and n <= ${sql.lit(rows)} * 6 / 7 + 5 * ${sql.lit(PRESENT_NAMES)}`
  yield sql`update listing set state = 'dropping', cutoff_at = clock_timestamp() - interval '4 hours', drop_from = clock_timestamp() - interval '10 minutes',
      drop_to = clock_timestamp() + interval '50 minutes' from bench_order where listing.id = listing_id and ${present}`
  yield sql`insert into catch_target (id, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to, grace_until, fee_max_minor, fee_currency, armed_at)
    select target_id, listing_id, bench_order.id, 'sim-exact', bench_order.name, case when n % 2 = 0 then 'firing' else 'armed' end, ordered_at,
      listing.drop_from, listing.drop_to, listing.drop_to + interval '1 hour', 800, 'USD', clock_timestamp() - interval '4 hours'
    from bench_order join listing on listing.id = listing_id where ${present}`
  yield sql`update catch_target set decided_at = clock_timestamp() - n % 60 * interval '1 minute' from bench_order
    where catch_target.id = target_id and n <= ${sql.lit(rows)} * 6 / 7 and n > ${sql.lit(rows)} * 6 / 7 - ${sql.lit(PRESENT_NAMES)}`
}

const registryOf = sql`case when zone in ('shop', 'site') then 'sim-exact' else 'sim-daily' end`

function* ofRecords() {
  yield sql`insert into event (id, topic, account_id, subject_id, data, occurred_at, position)
    select uuidv7(), case step when 1 then 'backorder.secured' else 'backorder.' || ${backorderState} end, account_id, id, '{}'::jsonb, ordered_at, n * 2 + step - 2
    from bench_order, generate_series(1, 2) as step where step = 1 or not is_open`
  yield sql`insert into audit_entry (seq, at, actor_kind, actor_name, action, subject_type, subject_id, reason, hash, prev_hash)
    select 1000000 + n, ordered_at, 'system', 'droplock', 'refund.approved', 'refund', payment_id::text, 'bench', sha256(n::text::bytea), sha256((n - 1)::text::bytea)
    from bench_order where n % 10 = 0`
}
