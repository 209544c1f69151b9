import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { listingStates } from '../common/words.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, Search, sorting, TimeInput } from './paging.ts'

/** When a name is expected to drop, and when its orders close. */
export const Schedule = z
  .object({
    cutoff_at: Time.openapi({ description: 'Orders are accepted before this' }),
    drop_from: Time,
    drop_to: Time.openapi({
      description: 'The registry is expected to release the name between `drop_from` and `drop_to`',
    }),
  })
  .openapi('Schedule')

const listing = {
  id: Id,
  name: DomainName,
  zone: z.string(),
  registry_id: z.string(),
  cycle: z.int(),
  state: z.enum(listingStates),
  version: z.int().openapi({ description: 'Increases with every change' }),
  premium: z.boolean(),
  reserved: z.boolean(),
  suspect: z.boolean(),
  opens_at: Time,
  cutoff_at: Time,
  drop_from: Time,
  drop_to: Time,
  ended_at: Time.optional(),
  overridden: z.boolean().openapi({ description: 'A manual change is in force' }),
  listed: Schedule.optional().openapi({
    description: 'The schedule according to the lists, while a manual change is in force',
  }),
  backorder_id: Id.optional(),
  holder_name: z.string().optional().openapi({ description: 'The account that holds the backorder' }),
}

/** A listing as an operator sees it. */
export const Listing = z.object(listing).openapi('Listing')

export const Override = z
  .object({
    id: Id,
    change_id: Id.optional().openapi({ description: 'The change of schedules that it is a part of' }),
    kind: z.enum(['window', 'shift', 'cutoff_lead', 'skip_day', 'drop_moved', 'policy']),
    from: Schedule,
    to: Schedule,
    reason: z.string(),
    applied_by: z.string(),
    applied_at: Time,
    replaced_at: Time.optional(),
    undone_by: z.string().optional(),
    undone_at: Time.optional(),
    undo_reason: z.string().optional(),
    returned_to: Schedule.optional().openapi({
      description: 'The schedule according to the lists when the change was undone',
    }),
  })
  .openapi('Override')

export const ListingDetail = z
  .object({ ...listing, overrides: z.array(Override).openapi({ description: 'Newest first' }) })
  .openapi('ListingDetail')

const holders = ['secured', 'unpaid', 'none'] as const

/** The listing on which a preview is based. It is sent back when the change is applied; a difference is refused. */
export const Basis = z
  .strictObject({
    version: z.int(),
    state: z.enum(listingStates),
    holder: z.enum(holders),
    cutoff_at: Time,
    drop_from: Time,
    drop_to: Time,
  })
  .openapi('Basis')

export const OverridePreview = z
  .object({
    listing_id: Id,
    name: DomainName,
    basis: Basis,
    after: Schedule,
    effect: z.object({
      state_after: z.enum(listingStates),
      holder_after: z.enum(holders),
      hold_ends_by: Time.optional().openapi({
        description: 'When an unpaid hold ends; immediately if in the past',
      }),
      target: z.enum(['none', 'armed', 'rearmed', 'disarmed']),
    }),
    listed: Schedule.openapi({ description: 'The schedule according to the lists, which undoing restores' }),
  })
  .openapi('OverridePreview')

/** The wanted schedule of a listing. Without a cut-off, it is before the window by the lead time of the zone. */
const window = { drop_from: TimeInput, drop_to: TimeInput, cutoff_at: TimeInput.optional() } as const

export const ListingList = listOf(Listing, 'ListingList')
export const PreviewOverride = z.strictObject(window).openapi('PreviewOverride')
const ApplyOverride = z.strictObject({ ...window, reason: Reason, basis: Basis }).openapi('ApplyOverride')
const UndoOverride = z.strictObject({ reason: Reason, basis: Basis }).openapi('UndoOverride')

const tags = ['Drop schedules']
const params = z.strictObject({ id: Id })

export const listListings = createRoute({
  operationId: 'listListings',
  method: 'get',
  path: '/api/listings',
  tags,
  summary: 'List listings by their drop window',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['name', 'drop_from'], { field: 'drop_from', order: 'asc' }),
      q: Search,
      zone: text(253).optional(),
      registry_id: text(100).optional(),
      state: z.enum(listingStates).optional(),
      held: Flag,
      overridden: Flag,
      suspect: Flag,
      window_from: TimeInput.optional().openapi({ description: 'Windows that end at or after this' }),
      window_to: TimeInput.optional().openapi({ description: 'Windows that start at or before this' }),
    }),
  },
  responses: { 200: json(ListingList, 'A page of listings'), ...readProblems('invalid_request') },
})

export const getListing = createRoute({
  operationId: 'getListing',
  method: 'get',
  path: '/api/listings/{id}',
  tags,
  summary: 'Read a listing with its manual changes',
  security: reads('console:read'),
  request: { params },
  responses: {
    200: json(ListingDetail, 'The listing'),
    ...readProblems('invalid_request', 'listing_not_found'),
  },
})

export const previewOverride = createRoute({
  operationId: 'previewOverride',
  method: 'post',
  path: '/api/listings/{id}/override/preview',
  tags,
  summary: 'Preview a manual change',
  security: changes('schedules:override'),
  request: { params, body: body(PreviewOverride) },
  responses: {
    200: json(OverridePreview, 'What would change'),
    ...changeProblems('listing_not_found', 'listing_not_movable', 'invalid_window'),
  },
})

export const applyOverride = createRoute({
  operationId: 'applyOverride',
  method: 'post',
  path: '/api/listings/{id}/override',
  tags,
  summary: 'Change the schedule of a listing',
  security: changes('schedules:override'),
  request: { params, body: body(ApplyOverride) },
  responses: {
    200: json(OverridePreview, 'What was changed'),
    ...changeProblems(
      'reason_required',
      'listing_not_found',
      'listing_not_movable',
      'listing_changed',
      'invalid_window',
    ),
  },
})

export const previewUndo = createRoute({
  operationId: 'previewUndo',
  method: 'post',
  path: '/api/listings/{id}/override/undo/preview',
  tags,
  summary: 'Preview undoing a manual change',
  security: changes('schedules:override'),
  request: { params },
  responses: {
    200: json(OverridePreview, 'What would change'),
    ...changeProblems('listing_not_found', 'listing_not_movable', 'listing_not_overridden'),
  },
})

export const undoOverride = createRoute({
  operationId: 'undoOverride',
  method: 'post',
  path: '/api/listings/{id}/override/undo',
  tags,
  summary: 'Undo a manual change, so that the listing follows the lists again',
  security: changes('schedules:override'),
  request: { params, body: body(UndoOverride) },
  responses: {
    200: json(OverridePreview, 'What was changed'),
    ...changeProblems(
      'reason_required',
      'listing_not_found',
      'listing_not_movable',
      'listing_not_overridden',
      'listing_changed',
    ),
  },
})
