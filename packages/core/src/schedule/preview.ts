import {
  type Basis,
  checkWindow,
  decideMove,
  type MoveEffect,
  type MoveFacts,
  type Schedule,
} from '@droplock/rules/listings'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Facts } from '../audit/chain.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LockedListing } from '../locks.ts'
import type { Move } from './change-row.ts'
import { selectFacts, toFacts } from './facts.ts'

/** Where a person wants a listing. Without a cut-off, it is the zone's lead time before the window. */
export type Window = { readonly dropFrom: Date; readonly dropTo: Date; readonly cutoffAt?: Date }

export type PreviewOverride = { readonly listingId: string; readonly window: Window }

export type OverridePreview = {
  readonly listingId: string
  readonly name: string
  readonly basis: Basis
  readonly after: Schedule
  readonly effect: MoveEffect
  /** What lists say: undoing returns to it. */
  readonly listed: Schedule
}

/**
 * What an override would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_movable,
 * invalid_window.
 */
export async function previewOverride(ctx: StaffContext, command: PreviewOverride): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const listing = await readListing(ctx.db, command.listingId)
  return planOverride(listing, await readMoveTerms(ctx.db, listing), command.window)
}

/**
 * What undoing would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_overridden,
 * listing_not_movable.
 */
export async function previewUndo(ctx: StaffContext, listingId: string): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const listing = await readListing(ctx.db, listingId)
  return planUndo(listing, await readMoveTerms(ctx.db, listing))
}

async function readListing(db: Kysely<Database>, id: string): Promise<LockedListing> {
  const listing = await db.selectFrom('listing').selectAll().where('id', '=', id).executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  return listing
}

/** What a move is decided by, besides the listing itself. */
type MoveTerms = {
  readonly holder: MoveFacts['holder']
  readonly cutoffLeadSeconds: number
  readonly now: Date
}

/** Where the move is applied, this is read after the listing's lock: the holder of a locked listing does not change. */
export async function readMoveTerms(db: Kysely<Database>, listing: LockedListing): Promise<MoveTerms> {
  const row = await db
    .selectFrom('zone')
    .leftJoin('backorder', (join) => join.on('backorder.id', '=', listing.holder))
    .select(['backorder.state', 'zone.cutoff_lead_seconds', sql<Date>`clock_timestamp()`.as('now')])
    .where('zone.name', '=', listing.zone)
    .executeTakeFirstOrThrow()
  const holder = row.state === null ? 'none' : row.state === 'pending_payment' ? 'unpaid' : 'secured'
  return { holder, cutoffLeadSeconds: row.cutoff_lead_seconds, now: row.now }
}

/** What an override does. Throws Refusal: listing_not_movable, invalid_window. */
export function planOverride(listing: LockedListing, terms: MoveTerms, window: Window): OverridePreview {
  const { dropFrom, dropTo } = window
  const cutoffAt = window.cutoffAt ?? new Date(dropFrom.getTime() - terms.cutoffLeadSeconds * 1_000)
  const after = { cutoffAt, dropFrom, dropTo }
  checkWindow(after, terms.now)
  return planMove(listing, terms, after)
}

/**
 * What undoing does. The window is not checked: what lists say may be past, and then the drop decides as it would have without the
 * override. Throws Refusal: listing_not_overridden, listing_not_movable.
 */
export function planUndo(listing: LockedListing, terms: MoveTerms): OverridePreview {
  if (listing.override_id === null) {
    throw new Refusal('listing_not_overridden', 'No override of this listing is in force.')
  }
  return planMove(listing, terms, listedScheduleOf(listing))
}

function planMove(listing: LockedListing, terms: MoveTerms, after: Schedule): OverridePreview {
  const basis = basisOf(listing, terms)
  const effect = decideMove(basis, after, terms.now)
  const { id: listingId, name } = listing
  return { listingId, name, basis, after, effect, listed: listedScheduleOf(listing) }
}

/** The plan as the move of a locked listing. */
export async function moveOf(
  tx: Transaction<Database>,
  { listingId, after, effect }: OverridePreview,
): Promise<Move> {
  const row = await selectFacts(tx).where('listing.id', '=', listingId).executeTakeFirstOrThrow()
  return { facts: toFacts(row), decision: { effect: 'moves', after, move: effect } }
}

export function basisOf(listing: LockedListing, { holder }: MoveTerms): Basis {
  return { version: listing.version, state: listing.state, holder, ...scheduleOf(listing) }
}

export function scheduleOf(listing: LockedListing): Schedule {
  return { cutoffAt: listing.cutoff_at, dropFrom: listing.drop_from, dropTo: listing.drop_to }
}

/** What lists say of the listing; without an override that is its own schedule. */
function listedScheduleOf(listing: LockedListing): Schedule {
  return {
    cutoffAt: listing.listed_cutoff_at ?? listing.cutoff_at,
    dropFrom: listing.listed_drop_from ?? listing.drop_from,
    dropTo: listing.listed_drop_to ?? listing.drop_to,
  }
}

/** A schedule as the audit records it. */
export function scheduleFacts({ cutoffAt, dropFrom, dropTo }: Schedule): Facts {
  return { cutoff_at: cutoffAt, drop_from: dropFrom, drop_to: dropTo }
}
