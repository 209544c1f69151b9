import { createRoute, z } from '@hono/zod-openapi'
import { Id, text } from '../common/primitives.ts'
import { listingStates } from '../common/words.ts'
import { json } from '../gateway/operation.ts'
import { Basis, Listing, ListingDetail, OverridePreview, window } from './listing.ts'
import { body, changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, Search, sorting, TimeInput } from './paging.ts'

export const ListingList = listOf(Listing, 'ListingList')
export const PreviewOverride = z.strictObject(window).openapi('PreviewOverride')
export const ApplyOverride = z
  .strictObject({ ...window, reason: Reason, basis: Basis })
  .openapi('ApplyOverride')
export const UndoOverride = z.strictObject({ reason: Reason, basis: Basis }).openapi('UndoOverride')

const tags = ['Drop schedules']
const params = z.strictObject({ id: Id })

export const listListings = createRoute({
  operationId: 'listListings',
  method: 'get',
  path: '/api/listings',
  tags,
  summary: 'Listings by their drop window',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['name', 'cutoff_at', 'drop_from', 'state'], { field: 'drop_from', order: 'asc' }),
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
  summary: 'A listing with the history of its moves by people',
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
  summary: 'What a move would do; changes nothing',
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
  summary: 'Move a listing',
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
  summary: 'What taking a move back would do; changes nothing',
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
  summary: 'Take a move back: the listing follows the lists again',
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
