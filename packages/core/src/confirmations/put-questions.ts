import { type ConfirmationMeans, nextMeans } from '@droplock/rules/confirmations'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { servingAccount } from '../leases.ts'

/** What decides by which means a suspect is asked about next. */
export type MeansFacts = {
  readonly listingId: string
  readonly order: readonly ConfirmationMeans[]
  readonly asked: ConfirmationMeans | null
  /** An account of ours at the registry, one that a catcher drives where there is any, and the RDAP server of the zone. */
  readonly registryAccountId: string | null
  readonly rdapHost: string | null
}

/** The columns of `MeansFacts`, of a confirmation joined with listing, zone and registry. */
export const meansColumns: RawBuilder<unknown> = sql`
  confirmation.listing_id as "listingId", registry.confirm_by as "order", confirmation.means as asked,
  (${servingAccount(sql`registry.id`)}) as "registryAccountId", zone.rdap_host as "rdapHost"`

export const joinedFacts: RawBuilder<unknown> = sql`
  join listing on listing.id = confirmation.listing_id join zone on zone.name = listing.zone
  join registry on registry.id = zone.registry_id`

/** The means that a registry offers for confirmations, of those in its order. */
export function availableMeans(facts: MeansFacts): ReadonlySet<ConfirmationMeans> {
  const available = new Set<ConfirmationMeans>()
  if (facts.registryAccountId !== null && facts.order.includes('info')) available.add('info')
  if (facts.rdapHost !== null && facts.order.includes('rdap')) available.add('rdap')
  return available
}

/** A catcher that has not answered a request within this is not waited for: the next means is used. Milliseconds. */
const INFO_MS_MAX = 600_000

/** How often it is looked whether a registry can be asked at all, after it could not. Milliseconds. */
const NO_MEANS_MS = 600_000

type Question = MeansFacts & {
  /** The earliest time at which it is asked. */
  readonly at: Date
}

/**
 * Puts each suspect to the next means of its registry: a request to the catcher of the account, or a question to the RDAP server. The
 * caller holds the locks of the confirmations.
 */
export async function putQuestions(
  tx: Transaction<Database>,
  ctx: Context,
  questions: readonly Question[],
): Promise<void> {
  if (questions.length === 0) return
  const put = questions.map((question) => {
    const means = nextMeans(question.order, availableMeans(question), question.asked) ?? null
    return { ...question, means, rdapHost: means === 'rdap' ? question.rdapHost : null }
  })
  const waitMs = { info: INFO_MS_MAX, rdap: 0, none: NO_MEANS_MS }
  await sql`
    update confirmation set means = question.means, rdap_host = question.rdap_host, held = listing.holder is not null,
      try_after = question.at + question.wait_ms * interval '1 millisecond'
    from unnest(${put.map((each) => each.listingId)}::uuid[], ${put.map((each) => each.means)}::text[],
        ${put.map((each) => each.rdapHost)}::text[], ${put.map((each) => each.at)}::timestamptz[],
        ${put.map(({ means }) => waitMs[means ?? 'none'])}::float8[]) as question (listing_id, means, rdap_host, at, wait_ms)
      join listing on listing.id = question.listing_id
    where confirmation.listing_id = question.listing_id`.execute(tx)
  await fileInfoRequests(
    tx,
    ctx,
    put.filter(({ means }) => means === 'info'),
  )
  noteWork(tx)
}

/** A request that no catcher has served yet stays as it is. */
async function fileInfoRequests(
  tx: Transaction<Database>,
  ctx: Context,
  questions: readonly Question[],
): Promise<void> {
  if (questions.length === 0) return
  await sql`
    insert into registry_request (id, registry_account_id, kind, listing_id, held, state, created_at, try_after)
    select fresh.id, account_id, 'info', listing_id, confirmation.held, 'waiting', clock_timestamp(), fresh.at
    from unnest(${questions.map(() => ctx.newId())}::uuid[], ${questions.map((each) => each.registryAccountId)}::text[],
        ${questions.map((each) => each.listingId)}::uuid[], ${questions.map((each) => each.at)}::timestamptz[])
        as fresh (id, account_id, listing_id, at)
      join confirmation using (listing_id)
    on conflict (listing_id) where state <> 'done' do nothing`.execute(tx)
}
