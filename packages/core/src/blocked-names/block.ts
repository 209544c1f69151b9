import { listingMachine } from '@droplock/rules/machines/listing'
import { isTerminal } from '@droplock/rules/machines/machine'
import { parseName } from '@droplock/rules/names'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { nameOf, type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { isInForce } from '../is-blocked.ts'
import { findListingByName, type LockedListing } from '../locks.ts'
import { toAscii } from '../name-as-written.ts'
import { type Withdrawn, withdrawListing } from '../withdrawals/withdraw.ts'

/** Names in one request: an order of a court names some hundreds. Each is a transaction of its own. */
export const NAMES_MAX = 1_000

export type BlockNames = {
  /** As people write them: A-labels or Unicode. */
  readonly names: readonly string[]
  readonly reason: string
  /** When the block ends by itself; null: it lasts until an operator ends it. */
  readonly untilAt: Date | null
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean
}

/**
 * `withdrawn`: it was listed, and its listing has ended. `held`: it has a holder, so two people decide (`proposeWithdrawal`), and
 * nothing was done.
 */
export type BlockResult =
  | 'blocked'
  | 'withdrawn'
  | 'held'
  | 'already_blocked'
  | 'invalid_name'
  | 'zone_not_served'

export type BlockedItem = {
  /** As an A-label, where it is a name. */
  readonly name: string
  readonly result: BlockResult
  readonly listingId: string | null
}

/**
 * Blocks names: they are withdrawn now, and no later list lists them until the block ends. Names that are not listed can be blocked
 * too. Returns what was done with each name, once. Throws Refusal: forbidden, reason_required, invalid_request (too many names, or an
 * end that is past), try_again.
 */
export async function blockNames(ctx: OperatorContext, command: BlockNames): Promise<readonly BlockedItem[]> {
  requirePermission(ctx, 'names:withdraw')
  const reason = requireReason(command.reason)
  if (command.names.length > NAMES_MAX)
    throw new Refusal('invalid_request', `At most ${NAMES_MAX} names are blocked at once.`)
  const { untilAt } = command
  if (untilAt !== null && untilAt <= (await databaseTime(ctx.db)))
    throw new Refusal('invalid_request', 'A block ends in the future.')
  const zones = await ctx.db.selectFrom('zone').select('name').execute()
  const served = new Set(zones.map(({ name }) => name))
  const items = new Map<string, BlockedItem>()
  for (const text of command.names) {
    const parsed = parseName(text, served, toAscii)
    if (parsed.kind === 'reject') {
      const result = parsed.reason === 'zone_not_served' ? 'zone_not_served' : 'invalid_name'
      items.set(text, { name: text, result, listingId: null })
    } else if (!items.has(parsed.name)) {
      const { name, zone } = parsed
      items.set(name, await blockOne(ctx, { name, zone, reason, untilAt }, command.dryRun))
    }
  }
  return [...items.values()]
}

type NewBlock = {
  readonly name: string
  readonly zone: string
  readonly reason: string
  readonly untilAt: Date | null
}

async function blockOne(ctx: OperatorContext, block: NewBlock, dryRun: boolean): Promise<BlockedItem> {
  const { name } = block
  if (dryRun) {
    const listing = await ctx.db
      .selectFrom('listing')
      .select(['id', 'state', 'holder'])
      .where('name', '=', name)
      .orderBy('cycle', 'desc')
      .limit(1)
      .executeTakeFirst()
    return { name, ...decide(listing, await isNameBlocked(ctx.db, name)) }
  }
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const listing = await findListingByName(tx, name)
      const decided = decide(listing, await isNameBlocked(tx, name))
      if (decided.result === 'blocked' || decided.result === 'withdrawn')
        await carryOut(tx, ctx, block, decided.result === 'withdrawn' ? listing : undefined)
      return { name, ...decided }
    })
  } catch (error) {
    if (violated(error, 'one_block_per_name')) return { name, result: 'already_blocked', listingId: null }
    throw error
  }
}

type Found = Pick<LockedListing, 'id' | 'state' | 'holder'>

function decide(listing: Found | undefined, isBlocked: boolean): Omit<BlockedItem, 'name'> {
  const live = listing === undefined || isTerminal(listingMachine, listing.state) ? undefined : listing
  if (live === undefined) return { result: isBlocked ? 'already_blocked' : 'blocked', listingId: null }
  if (live.holder !== null) return { result: 'held', listingId: live.id }
  return { result: isBlocked ? 'already_blocked' : 'withdrawn', listingId: live.id }
}

async function carryOut(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  block: NewBlock,
  listing: LockedListing | undefined,
): Promise<void> {
  const { name, reason, untilAt } = block
  const now = await databaseTime(tx)
  const id = await insertBlock(tx, ctx, block, now)
  let withdrawn: Withdrawn | undefined
  if (listing !== undefined) withdrawn = await withdrawListing(tx, ctx, listing, { reason }, now)
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'name.blocked',
    subjectType: 'blocked_name',
    subjectId: id,
    reason,
    before: { listing_id: listing?.id ?? null, listing_state: listing?.state ?? null },
    after: { name, until_at: untilAt, listing_state: withdrawn ?? null },
  })
}

/**
 * Writes a block; one of the name whose time is over ends first. The caller holds the lock of the name's listing, if there is one.
 * Returns its id. Fails by `one_block_per_name` where the name is blocked.
 */
export async function insertBlock(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  { name, zone, reason, untilAt }: NewBlock,
  now: Date,
): Promise<string> {
  await sql`
    update blocked_name set ended_at = until_at, ended_by = 'droplock', end_reason = 'its time was over'
    where name = ${name} and ended_at is null and until_at <= ${now}`.execute(tx)
  const id = ctx.newId()
  await tx
    .insertInto('blocked_name')
    .values({ id, name, zone, reason, blocked_by: nameOf(ctx.actor), blocked_at: now, until_at: untilAt })
    .execute()
  return id
}

async function isNameBlocked(db: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql`select from blocked_name as block where name = ${name} and ${isInForce}`.execute(
    db,
  )
  return rows.length > 0
}
