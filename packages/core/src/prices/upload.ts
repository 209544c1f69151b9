import { type ListedPrice, type PriceReject, readPriceList } from '@droplock/rules/prices/read-list'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction, tryOut } from '../database/transaction.ts'
import { lockTerms } from '../locks.ts'
import { toAscii } from '../name-as-written.ts'
import { countPriceChanges, type PriceChanges } from './count-changes.ts'
import { addPriceList, addPrices, startPrices } from './internal.ts'

type UploadPrices = {
  /** What the list is called, for who reads the history. */
  readonly title: string
  /** CSV: see `readPriceList`. */
  readonly text: string
  readonly reason: string
  /** Says what would change, and changes nothing. */
  readonly dryRun: boolean
}

export type PriceUpload = {
  /** Null: nothing was changed, because of `rejects` or as it was a dry run. */
  readonly listId: string | null
  readonly prices: number
  /** Of these, those that start later. */
  readonly later: number
  readonly rejects: readonly { readonly line: number; readonly reason: PriceReject }[]
  /** Names whose price changes once all of the list has started; of a dry run without rejects. */
  readonly changes: PriceChanges | null
}

/**
 * Takes a price list: prices start at once or at their time, and end those before them; the rest stays. A list with a reject is not
 * taken at all. A dry run does it and undoes it, so it counts exactly what would happen. Orders keep their price (rule 2). Throws Refusal:
 * forbidden, reason_required, invalid_request (no price list), try_again.
 */
export async function uploadPrices(ctx: OperatorContext, command: UploadPrices): Promise<PriceUpload> {
  requirePermission(ctx, 'prices:set')
  const reason = requireReason(command.reason)
  const zones = await ctx.db.selectFrom('zone').select('name').execute()
  const served = new Set(zones.map(({ name }) => name))
  const list = readPriceList(command.text, served, toAscii)
  if (list.kind === 'unusable') throw new Refusal('invalid_request', list.reason)
  const { prices, rejects } = list
  const now = await databaseTime(ctx.db)
  const later = prices.filter(({ startsAt }) => startsAt !== undefined && startsAt > now).length
  const read = { prices: prices.length, later, rejects }
  if (rejects.length > 0 || prices.length === 0) return { ...read, listId: null, changes: null }
  if (command.dryRun) {
    const changes = await tryOut(ctx.db, (tx) => startAll(tx, ctx, prices))
    return { ...read, listId: null, changes }
  }
  const listId = await inTransaction(ctx.db, async (tx) => {
    await lockTerms(tx)
    const id = await addPriceList(tx, ctx, { title: command.title, reason })
    await write(tx, ctx, prices, id)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'price_list.uploaded',
      subjectType: 'price_list',
      subjectId: id,
      reason,
      after: { title: command.title, prices: prices.length, later },
    })
    return id
  })
  return { ...read, listId, changes: null }
}

async function write(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  prices: readonly ListedPrice[],
  listId: string,
): Promise<void> {
  const now = await databaseTime(tx)
  for (const group of byStart(prices, now)) {
    const ids = await addPrices(tx, ctx.newId, group.prices, listId)
    if (group.startsAt <= now) await startPrices(tx, ids)
  }
}

/** What starts at the same time, the earliest first. */
function byStart(prices: readonly ListedPrice[], now: Date) {
  const timed = prices.map((price) => ({ ...price, startsAt: price.startsAt ?? now }))
  return [...Map.groupBy(timed, ({ startsAt }) => startsAt.getTime())]
    .toSorted(([one], [other]) => one - other)
    .map(([at, group]) => ({ startsAt: new Date(at), prices: group }))
}

/** Starts everything in turn, and counts. */
async function startAll(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  prices: readonly ListedPrice[],
): Promise<PriceChanges> {
  await lockTerms(tx)
  const { rows } = await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(tx)
  const now = await databaseTime(tx)
  const rules = new Set<string>()
  for (const group of byStart(prices, now)) {
    const tried = group.prices.map((price) => ({ ...price, startsAt: now }))
    const started = await startPrices(tx, await addPrices(tx, ctx.newId, tried, null))
    for (const id of started) rules.add(id)
  }
  return countPriceChanges(tx, [...rules], rows[0]?.at ?? '')
}
