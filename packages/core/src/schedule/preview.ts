import {
  type Basis,
  checkWindow,
  decideMove,
  type MoveEffect,
  type MoveFacts,
  type Schedule,
} from '@droplock/rules/listings'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import type { Facts } from '../audit/chain.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { type LockedListing, readListing } from '../locks.ts'

export function basisOf(listing: LockedListing, { holder }: MoveTerms): Basis {
  return { version: listing.version, state: listing.state, holder, ...scheduleOf(listing) }
}

export function scheduleOf(listing: LockedListing): Schedule {
  return { cutoffAt: listing.cutoff_at, dropFrom: listing.drop_from, dropTo: listing.drop_to }
}

/** What lists say of the listing: its own schedule unless an override stands in front of it. */
export function listedScheduleOf(listing: LockedListing): Schedule {
  return {
    cutoffAt: listing.listed_cutoff_at ?? listing.cutoff_at,
    dropFrom: listing.listed_drop_from ?? listing.drop_from,
    dropTo: listing.listed_drop_to ?? listing.drop_to,
  }
}

/** A schedule in the words of the audit. */
export function scheduleFacts({ cutoffAt, dropFrom, dropTo }: Schedule): Facts {
  return { cutoff_at: cutoffAt, drop_from: dropFrom, drop_to: dropTo }
}

/** Where a person wants a listing. Without a cut-off the zone's lead before the window is taken. */
export type Window = { readonly dropFrom: Date; readonly dropTo: Date; readonly cutoffAt?: Date }

/** What an override would do to a listing that is locked, or merely looked at. Throws Refusal: listing_not_movable, invalid_window. */
export function planOverride(listing: LockedListing, terms: MoveTerms, window: Window): OverridePreview {
  const { cutoffLeadSeconds, now } = terms
  const { dropFrom, dropTo } = window
  const cutoffAt = window.cutoffAt ?? new Date(dropFrom.getTime() - cutoffLeadSeconds * 1_000)
  const after = { cutoffAt, dropFrom, dropTo }
  checkWindow(after, now)
  return planMove(listing, terms, after)
}

export type PreviewOverride = { readonly listingId: string; readonly window: Window }

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
 * What undoing would do. No check of the window: what lists say may be past, and then the drop decides as it would have.
 * Throws Refusal: listing_not_overridden, listing_not_movable.
 */
export function planUndo(listing: LockedListing, terms: MoveTerms): OverridePreview {
  if (listing.override_id === null) {
    throw new Refusal('listing_not_overridden', 'No override of this listing is in force.')
  }
  return planMove(listing, terms, listedScheduleOf(listing))
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

export type OverridePreview = {
  readonly listingId: string
  readonly name: string
  readonly basis: Basis
  readonly after: Schedule
  readonly effect: MoveEffect
  /** What lists say: where undoing returns to. */
  readonly listed: Schedule
}

/** What a move would do. Throws Refusal('listing_not_movable'). */
export function planMove(listing: LockedListing, terms: MoveTerms, after: Schedule): OverridePreview {
  const basis = basisOf(listing, terms)
  const effect = decideMove(basis, after, terms.now)
  return {
    listingId: listing.id,
    name: listing.name,
    basis,
    after,
    effect,
    listed: listedScheduleOf(listing),
  }
}

/** All that deciding a move reads, besides the listing itself. */
export type MoveTerms = {
  readonly holder: MoveFacts['holder']
  readonly cutoffLeadSeconds: number
  readonly now: Date
}

/** Read after the listing's lock where the move is applied: who holds a locked listing does not change. */
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
