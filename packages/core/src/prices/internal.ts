import type { NewId } from '@droplock/rules/ports/ids'
import type { LabelMatch, PriceKind } from '@droplock/rules/prices/match'
import { sql, type Transaction } from 'kysely'
import { nameOf, type OperatorContext } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { isLive } from '../is-listed.ts'
import { isPriceInForce } from './price-of.ts'

/** Writes who changes prices and why, for the prices that refer to it. Returns its id. */
export async function addPriceList(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  list: { readonly title: string; readonly reason: string },
): Promise<string> {
  const id = ctx.newId()
  await sql`
    insert into price_list (id, title, reason, made_by, made_at)
    values (${id}, ${list.title}, ${list.reason}, ${nameOf(ctx.actor)}, clock_timestamp())`.execute(tx)
  return id
}

/** A price to be written, of the names that a rule matches. */
export type NewPrice = {
  /** Null: all zones, and for a rule of one name. */
  readonly zone: string | null
  readonly kind: PriceKind
  readonly match: string
  readonly label: LabelMatch
  readonly currency: string
  /** Minor units. Null ends the price: the rule has none in this currency from then on. */
  readonly amountMinor: bigint | null
  readonly startsAt: Date
}

/**
 * Adds prices, each to the rule of its names, and the rules that do not exist yet. They are not in force before `startPrices`. One that is
 * to start at the same time as an earlier one replaces it. The caller holds `lockTerms`. Returns the ids of the prices.
 */
export async function addPrices(
  tx: Transaction<Database>,
  newId: NewId,
  prices: readonly NewPrice[],
  listId: string | null,
): Promise<readonly string[]> {
  const ids = prices.map(() => newId())
  await addRules(tx, newId, prices)
  const given = sql`
    unnest(${ids}::uuid[], ${prices.map(({ zone }) => zone)}::text[], ${prices.map(({ kind }) => kind)}::text[],
      ${prices.map(({ match }) => match)}::text[], ${prices.map(({ currency }) => currency)}::text[],
      ${prices.map(({ amountMinor }) => amountMinor)}::bigint[], ${prices.map(({ startsAt }) => startsAt)}::timestamptz[])
      as given (id, zone, kind, match, currency, amount_minor, starts_at)
    join price_rule as rule on rule.kind = given.kind and rule.match = given.match and rule.zone is not distinct from given.zone`
  await sql`
    update price_amount set ended_at = statement_timestamp()
    from (select rule.id as rule_id, given.currency, given.starts_at from ${given}) as next
    where price_amount.rule_id = next.rule_id and price_amount.currency = next.currency
      and price_amount.starts_at = next.starts_at and started_at is null and ended_at is null`.execute(tx)
  await sql`
    insert into price_amount (id, rule_id, currency, amount_minor, list_id, starts_at)
    select given.id, rule.id, given.currency, given.amount_minor, ${listId}::uuid, given.starts_at from ${given}`.execute(
    tx,
  )
  return ids
}

/** Arrays within an array would have to be of one length, so that those of a rule are text until they are read. */
function listOf(values: readonly string[] | undefined): string | null {
  return values?.join(',') ?? null
}

async function addRules(tx: Transaction<Database>, newId: NewId, prices: readonly NewPrice[]): Promise<void> {
  await sql`
    insert into price_rule (id, zone, kind, match, label_like, label_kinds, label_repeats, label_classes, length_min, length_max, weight)
    select id, zone, kind, match, label_like, string_to_array(label_kinds, ','), string_to_array(label_repeats, ','),
      string_to_array(label_classes, ','), length_min, length_max, weight
    from unnest(${prices.map(() => newId())}::uuid[], ${prices.map(({ zone }) => zone)}::text[],
      ${prices.map(({ kind }) => kind)}::text[], ${prices.map(({ match }) => match)}::text[],
      ${prices.map(({ label }) => label.like ?? null)}::text[], ${prices.map(({ label }) => listOf(label.kinds))}::text[],
      ${prices.map(({ label }) => listOf(label.repeats))}::text[], ${prices.map(({ label }) => listOf(label.classes))}::text[],
      ${prices.map(({ label }) => label.lengthMin ?? null)}::smallint[], ${prices.map(({ label }) => label.lengthMax ?? null)}::smallint[],
      ${prices.map(({ label }) => label.weight)}::smallint[])
      as given (id, zone, kind, match, label_like, label_kinds, label_repeats, label_classes, length_min, length_max, weight)
    on conflict on constraint one_price_rule_per_match do nothing`.execute(tx)
}

/**
 * Brings prices into force that were added for one and the same time; the prices before them end. Names of a rule whose price only
 * changes have it at once. Names that another rule matches from now on are written in batches (`rewriteTerms`), and have their old
 * price until then. The caller holds `lockTerms`. Returns the rules whose prices changed.
 */
export async function startPrices(
  tx: Transaction<Database>,
  priceIds: readonly string[],
): Promise<readonly string[]> {
  await sql`
    update price_amount set ended_at = statement_timestamp() from price_amount as next
    where next.id = any(${[...priceIds]}::uuid[]) and price_amount.rule_id = next.rule_id
      and price_amount.currency = next.currency and price_amount.started_at is not null and price_amount.ended_at is null`.execute(
    tx,
  )
  const { rows } = await sql<{ rule_id: string }>`
    update price_amount set started_at = statement_timestamp(), ended_at = case when amount_minor is null then statement_timestamp() end
    where id = any(${[...priceIds]}::uuid[]) and started_at is null and ended_at is null
    returning rule_id`.execute(tx)
  const rules = [...new Set(rows.map(({ rule_id: id }) => id))]
  await followRules(tx, rules)
  return rules
}

/** A rule is in force while it has a price. Where that begins or ends, the names that it matches are decided again. */
async function followRules(tx: Transaction<Database>, rules: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string; kind: PriceKind; began: boolean }>`
    with seen as (
      select id, exists (select from price_amount as price where rule_id = price_rule.id and ${isPriceInForce}) as priced
      from price_rule where id = any(${[...rules]}::uuid[])
    )
    update price_rule set in_force_since = case when priced then statement_timestamp() end
    from seen where price_rule.id = seen.id and priced <> (in_force_since is not null)
    returning price_rule.id, kind, priced as began`.execute(tx)
  const idsOf = (wanted: (row: (typeof rows)[number]) => boolean) => rows.filter(wanted).map(({ id }) => id)
  await rewriteNamed(
    tx,
    idsOf(({ kind, began }) => began && kind === 'name'),
  )
  await rewriteMatching(
    tx,
    idsOf(({ kind, began }) => began && kind !== 'name'),
  )
  await rewritePriced(
    tx,
    idsOf(({ began }) => !began),
  )
  noteWork(tx)
}

async function rewriteNamed(tx: Transaction<Database>, rules: readonly string[]): Promise<void> {
  if (rules.length === 0) return
  await sql`
    insert into pending_terms (listing_id)
    select listing.id from price_rule as rule join listing on listing.name = rule.match
    where rule.id = any(${[...rules]}::uuid[]) and ${isLive}
    on conflict do nothing`.execute(tx)
}

async function rewriteMatching(tx: Transaction<Database>, rules: readonly string[]): Promise<void> {
  if (rules.length === 0) return
  await sql`
    insert into pending_terms (listing_id)
    select listing.id from listing where ${isLive} and exists (
      select from price_rule as rule
      where rule.id = any(${[...rules]}::uuid[]) and (rule.zone is null or rule.zone = listing.zone)
        and case rule.kind when 'tier' then rule.match = listing.tier else label_matches(rule, listing.label) end)
    on conflict do nothing`.execute(tx)
}

async function rewritePriced(tx: Transaction<Database>, rules: readonly string[]): Promise<void> {
  if (rules.length === 0) return
  await sql`
    insert into pending_terms (listing_id)
    select id from listing where ${isLive} and price_rule_id = any(${[...rules]}::uuid[])
    on conflict do nothing`.execute(tx)
}
