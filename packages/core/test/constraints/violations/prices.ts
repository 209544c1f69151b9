import { type RawBuilder, sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Violation } from '../fixture.ts'

function of(
  table: string,
  constraint: ConstraintName,
  guarantee: string,
  ...statements: readonly RawBuilder<unknown>[]
): Violation {
  return {
    table,
    constraint,
    guarantee,
    violate: async ({ tx }) => {
      for (const statement of statements) await statement.execute(tx)
    },
  }
}

const AT = '2026-01-01T00:00:00Z'

function addAmount(amount: string, startsAt: string, startedAt: string | null, endedAt: string | null) {
  return sql`
    insert into price_amount (id, rule_id, currency, amount_minor, starts_at, started_at, ended_at)
    select gen_random_uuid(), id, 'JPY', ${sql.raw(amount)}, ${startsAt}, ${startedAt}, ${endedAt} from price_rule limit 1`
}

const addPriceList = sql`
  insert into price_list (id, title, reason, made_by, made_at) values (gen_random_uuid(), 'a list', 'a test', 'a test', ${AT})`
const addReservedList = sql`
  insert into reserved_list (id, name, reason, made_by, made_at) values (gen_random_uuid(), 'a list', 'a test', 'a test', ${AT})`
const addWord = sql`
  insert into reserved_word (id, list_name, kind, word, reason, added_by, added_at)
  select gen_random_uuid(), name, 'label', 'bank', 'a test', id, ${AT} from reserved_list`

export const priceViolations: readonly Violation[] = [
  of(
    'price_list',
    'price_list_has_a_reason',
    'prices change for a reason',
    sql`
    insert into price_list (id, title, reason, made_by, made_at) values (gen_random_uuid(), 'a list', ' ', 'a test', ${AT})`,
  ),
  of(
    'price_list',
    'price_list_is_append_only',
    'what was done to prices is not changed',
    addPriceList,
    sql`update price_list set reason = 'another'`,
  ),
  of(
    'price_rule',
    'price_rule_kind_known',
    'a price is by name, pattern, length or tier',
    sql`
    insert into price_rule (id, kind, match) values (gen_random_uuid(), 'mood', 'good')`,
  ),
  of(
    'price_rule',
    'one_price_rule_per_match',
    'a match has one rule, also for all zones',
    sql`
    insert into price_rule (id, kind, match) select gen_random_uuid(), 'tier', 'gold' from generate_series(1, 2)`,
  ),
  of(
    'price_rule',
    'price_rule_of_name_has_no_zone',
    'a name has one rule, as its zone is a part of it',
    sql`
    insert into price_rule (id, zone, kind, match) select gen_random_uuid(), name, 'name', 'a.test' from zone`,
  ),
  of(
    'price_rule',
    'price_rule_compares_by_kind',
    'a rule by pattern has a pattern',
    sql`
    insert into price_rule (id, kind, match) values (gen_random_uuid(), 'pattern', 'a*')`,
  ),
  of('price_amount', 'price_positive', 'a price is above zero', addAmount('0', AT, null, null)),
  of(
    'price_amount',
    'one_price_in_force',
    'a rule has one price in a currency',
    addAmount('1', AT, AT, null),
    addAmount('2', AT, AT, null),
  ),
  of(
    'price_amount',
    'one_price_per_start',
    'of two prices that start at the same time one is in force',
    addAmount('1', AT, null, null),
    addAmount('2', AT, null, null),
  ),
  of(
    'price_amount',
    'price_starts_in_time',
    'a price does not start before its time',
    addAmount('1', '2026-01-01T00:00:01Z', AT, null),
  ),
  of(
    'price_amount',
    'price_ends_after_it_started',
    'a price ends after it started',
    addAmount('1', AT, AT, '2025-12-31T00:00:00Z'),
  ),
  of(
    'price_amount',
    'no_price_is_in_force_without_amount',
    'what ends a price is no price',
    addAmount('null', AT, AT, null),
  ),
  of(
    'price_amount',
    'price_terms_are_final',
    'a price never changes',
    sql`update price_amount set amount_minor = 1`,
  ),
  of('price_amount', 'price_is_never_deleted', 'prices of the past are kept', sql`delete from price_amount`),
  of('price_amount', 'price_is_never_truncated', 'prices of the past are kept', sql`truncate price_amount`),
  of(
    'reserved_list',
    'reserved_list_has_a_reason',
    'words are reserved for a reason',
    sql`
    insert into reserved_list (id, name, reason, made_by, made_at) values (gen_random_uuid(), 'a list', ' ', 'a test', ${AT})`,
  ),
  of(
    'reserved_list',
    'reserved_list_is_append_only',
    'versions of a list do not change',
    addReservedList,
    sql`update reserved_list set name = 'another'`,
  ),
  of(
    'reserved_word',
    'reserved_kind_known',
    'a word is a label or a part of one',
    addReservedList,
    sql`
    insert into reserved_word (id, list_name, kind, word, reason, added_by, added_at)
    select gen_random_uuid(), name, 'sound', 'bank', 'a test', id, ${AT} from reserved_list`,
  ),
  of(
    'reserved_word',
    'one_reserved_word_in_force',
    'a list has a word once',
    addReservedList,
    addWord,
    addWord,
  ),
  of(
    'reserved_word',
    'ended_word_names_its_list',
    'a word is ended by a version of its list',
    addReservedList,
    addWord,
    sql`update reserved_word set ended_at = ${AT}`,
  ),
  of(
    'reserved_word',
    'reserved_word_is_final',
    'a word of a list does not change',
    addReservedList,
    addWord,
    sql`update reserved_word set word = 'bonk'`,
  ),
  of(
    'reserved_word',
    'reserved_word_is_never_deleted',
    'words of the past are kept',
    addReservedList,
    addWord,
    sql`delete from reserved_word`,
  ),
  of(
    'reserved_word',
    'reserved_word_is_never_truncated',
    'words of the past are kept',
    sql`truncate reserved_word`,
  ),
]

const addAnswer = (
  verdict: string,
  fee: string,
  currency: string | null,
  finding: string | null,
  changed: boolean,
) => sql`
  insert into fee_answer (id, listing_id, registry_account_id, cltrid, asked_at, verdict, fee_minor, currency, finding, changed)
  select gen_random_uuid(), listing.id, account.id, 'a test', ${AT}, ${verdict}, ${sql.raw(fee)}, ${currency}, ${finding}, ${changed}
  from listing, registry_account as account limit 1`
const addKnown = addAnswer('standard', '800', 'USD', null, false)

export const feeViolations: readonly Violation[] = [
  of(
    'fee_answer',
    'fee_verdict_known',
    'a fee is standard, premium or unknown',
    addAnswer('dear', '800', 'USD', null, false),
  ),
  of(
    'fee_answer',
    'fee_has_currency',
    'a fee has its currency',
    addAnswer('standard', '800', null, null, false),
  ),
  of(
    'fee_answer',
    'only_a_shown_fee_changes_the_flag',
    'no name is flagged without an answer',
    addAnswer('premium', '800', 'USD', null, true),
  ),
  of(
    'fee_answer',
    'unknown_fee_says_why',
    'what is unknown says why',
    addAnswer('unknown', 'null', null, null, false),
  ),
  of(
    'fee_answer',
    'fee_answer_is_append_only',
    'answers do not change',
    addKnown,
    sql`update fee_answer set verdict = 'premium'`,
  ),
  of('fee_answer', 'fee_answer_is_never_truncated', 'answers are not removed', sql`truncate fee_answer`),
]
