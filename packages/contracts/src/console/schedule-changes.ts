import { statesOf } from '@droplock/rules/machines/machine'
import { scheduleChangeMachine } from '@droplock/rules/machines/schedule-change'
import { createRoute, z } from '@hono/zod-openapi'
import { DateInput, DomainName, Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { listingStates } from '../common/words.ts'
import { Schedule } from './listings.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging, Search, TimeInput } from './paging.ts'

/** A year; no schedule is moved further. Seconds. */
const SHIFT_SECONDS_MAX = 31_536_000

/** More names are given as a zone, a day or a window. */
const NAMES_MAX = 1_000

const shiftSeconds = z.int().min(-SHIFT_SECONDS_MAX).max(SHIFT_SECONDS_MAX)
const leadSeconds = z.int().min(0).max(SHIFT_SECONDS_MAX)

const actionInput = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('window'),
      drop_from: TimeInput,
      drop_to: TimeInput,
      cutoff_at: TimeInput.optional(),
    }),
    z.strictObject({ kind: z.literal('shift'), seconds: shiftSeconds }),
    z.strictObject({ kind: z.literal('cutoff_lead'), seconds: leadSeconds }),
    z.strictObject({ kind: z.literal('skip_day') }),
    z.strictObject({ kind: z.literal('drop_moved'), drop_from: TimeInput, drop_to: TimeInput }),
    z.strictObject({ kind: z.literal('policy') }),
  ])
  .openapi({
    description:
      '`window`: the same window for all; without a cut-off, orders close by the lead time of the zone. `shift`: window and cut-off ' +
      'later, or earlier if negative. `cutoff_lead`: orders close this long before the window. `skip_day`: the registry ran no batch ' +
      'in the window; names move to the next one, their cut-off stays, and a drop that has begun stops. `drop_moved`: the registry ' +
      'announced another time while names drop; the cut-off stays. `policy`: the schedule that the policy of the zone gives now.',
  })

const filterInput = z
  .strictObject({
    listing_ids: z.array(Id).max(NAMES_MAX).optional(),
    names: z
      .array(text(253))
      .max(NAMES_MAX)
      .optional()
      .openapi({ description: 'As A-labels, or as people type them' }),
    zone: text(253).optional(),
    registry_id: text(100).optional(),
    drop_date: DateInput.optional().openapi({
      description: 'The day on which the window starts, by the time zone of the registry',
    }),
    from: TimeInput.optional().openapi({ description: 'Windows that end at or after this' }),
    to: TimeInput.optional().openapi({ description: 'Windows that start at or before this' }),
    state: z.enum(listingStates).optional(),
    held: z.boolean().optional(),
    overridden: z.boolean().optional(),
    skipped_of: Id.optional().openapi({ description: 'The listings that this earlier change skipped' }),
  })
  .openapi('ScheduleChangeFilter', { description: 'Which live listings; all conditions hold' })

/** An action on its way out. */
const Action = z
  .object({
    kind: z.enum(['window', 'shift', 'cutoff_lead', 'skip_day', 'drop_moved', 'policy', 'drift']).openapi({
      description:
        '`drift`: the service moved submission windows alone, as drops are off their schedule; it cannot be undone',
    }),
    drop_from: Time.optional(),
    drop_to: Time.optional(),
    cutoff_at: Time.optional(),
    seconds: z.int().optional(),
    from_shift_seconds: z.int().optional(),
    to_shift_seconds: z.int().optional(),
  })
  .openapi('ScheduleAction')

const effects = ['moves', 'reopens', 'closes', 'stops', 'unchanged', 'not_movable'] as const
const holders = ['secured', 'unpaid', 'none'] as const

const Range = z.object({ from: Time, to: Time })

export const Counts = z
  .object({
    listings: z.int(),
    effects: z.object({
      moves: z.int(),
      reopens: z.int(),
      closes: z.int(),
      stops: z.int(),
      unchanged: z.int(),
      not_movable: z.int(),
    }),
    not_movable: z.record(z.string(), z.int()).openapi({ description: 'Why listings cannot be changed' }),
    cutoffs_before: Range.optional(),
    cutoffs_after: Range.optional(),
    holds_shortened: z.int(),
    holds_ended: z.int(),
    secured_past_cutoff: z
      .int()
      .openapi({ description: 'Paid orders past the new cut-off; they stay valid' }),
    targets_armed: z.int(),
    targets_rearmed: z.int(),
    targets_disarmed: z.int(),
    holders_notified: z.int(),
    accounts_notified: z.int(),
  })
  .openapi('ScheduleChangeCounts')

export const ChangePreview = z
  .object({
    id: Id.openapi({ description: 'The draft, which is applied by this id; of an undo, the change' }),
    counts: Counts,
    first: z
      .array(
        z.object({
          listing_id: Id,
          name: DomainName,
          state: z.enum(listingStates),
          holder: z.enum(holders),
          before: Schedule,
          effect: z.enum(effects),
          because: z.string().optional().openapi({ description: 'Why it cannot be changed' }),
          after: Schedule.optional(),
        }),
      )
      .openapi({ description: 'The first hundred of those that change or cannot be changed' }),
  })
  .openapi('ScheduleChangePreview')

const states = statesOf(scheduleChangeMachine)

const change = {
  id: Id,
  action: Action,
  filter: z
    .object({
      listing_ids: z.array(Id).optional(),
      names: z.array(z.string()).optional(),
      zone: z.string().optional(),
      registry_id: z.string().optional(),
      drop_date: z.string().optional(),
      from: Time.optional(),
      to: Time.optional(),
      state: z.enum(listingStates).optional(),
      held: z.boolean().optional(),
      overridden: z.boolean().optional(),
      skipped_of: Id.optional(),
    })
    .openapi({ description: 'Which listings were meant' }),
  state: z.enum(states),
  reason: z.string().optional(),
  made_by: z.string(),
  made_at: Time,
  applied_at: Time.optional(),
  finished_at: Time.optional(),
  undo_reason: z.string().optional(),
  undone_by: z.string().optional(),
  undone_at: Time.optional(),
}

const Change = z.object(change).openapi('ScheduleChange')

export const ChangeDetail = z
  .object({
    ...change,
    counts: Counts.optional().openapi({ description: 'What the preview counted' }),
    progress: z.object({
      listings: z.int(),
      waiting: z.int(),
      applied: z.int(),
      unchanged: z.int(),
      skipped: z.int(),
      skipped_for: z.record(z.string(), z.int()),
      undone: z.int(),
      undo_skipped_for: z.record(z.string(), z.int()),
    }),
  })
  .openapi('ScheduleChangeDetail')

export const ChangeList = listOf(Change, 'ScheduleChangeList')

export const ChangedListingList = listOf(
  z
    .object({
      listing_id: Id,
      name: DomainName,
      state: z.string(),
      holder: z.enum(holders),
      before: Schedule,
      effect: z.enum(effects),
      result: z.enum(['applied', 'unchanged', 'skipped']).optional(),
      skipped_for: z.string().optional(),
      changed: z.array(z.string()).optional().openapi({ description: 'What had changed since the preview' }),
      after: Schedule.optional(),
      undo_result: z.enum(['undone', 'skipped']).optional(),
      undo_skipped_for: z.string().optional(),
    })
    .openapi('ChangedListing'),
  'ChangedListingList',
)

const tags = ['Drop schedules']
const params = z.strictObject({ id: Id })
const reasonBody = body(z.strictObject({ reason: Reason }).openapi('ScheduleChangeReason'))
const problems = changeProblems(
  'reason_required',
  'schedule_change_not_found',
  'schedule_change_not_possible',
)

export const previewScheduleChange = createRoute({
  operationId: 'previewScheduleChange',
  method: 'post',
  path: '/api/schedule-changes',
  tags,
  summary: 'Preview a change of many schedules; no listing changes until the draft is applied',
  security: changes('schedules:override'),
  request: {
    body: body(z.strictObject({ action: actionInput, filter: filterInput }).openapi('PreviewScheduleChange')),
  },
  responses: {
    201: json(ChangePreview, 'The draft and what it would change'),
    ...changeProblems('too_many_listings'),
  },
})

export const listScheduleChanges = createRoute({
  operationId: 'listScheduleChanges',
  method: 'get',
  path: '/api/schedule-changes',
  tags,
  summary: 'List changes of schedules, the newest first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      state: z.enum(states).optional().openapi({ description: 'Drafts are listed only by this' }),
      zone: text(253).optional().openapi({ description: 'The zone that its filter names' }),
      registry_id: text(100).optional().openapi({ description: 'The registry that its filter names' }),
      from: TimeInput.optional().openapi({ description: 'Made at or after this' }),
      to: TimeInput.optional().openapi({ description: 'Made before this' }),
    }),
  },
  responses: { 200: json(ChangeList, 'A page of changes'), ...readProblems('invalid_request') },
})

export const getScheduleChange = createRoute({
  operationId: 'getScheduleChange',
  method: 'get',
  path: '/api/schedule-changes/{id}',
  tags,
  summary: 'Read a change with its progress',
  security: reads('console:read'),
  request: { params },
  responses: {
    200: json(ChangeDetail, 'The change'),
    ...readProblems('invalid_request', 'schedule_change_not_found'),
  },
})

export const listScheduleChangeListings = createRoute({
  operationId: 'listScheduleChangeListings',
  method: 'get',
  path: '/api/schedule-changes/{id}/listings',
  tags,
  summary: 'List the listings of a change and what was done with each',
  security: reads('console:read'),
  request: {
    params,
    query: z.strictObject({
      ...paging,
      result: z.enum(['applied', 'unchanged', 'skipped', 'waiting']).optional(),
      skipped_for: text(100).optional(),
      q: Search,
    }),
  },
  responses: {
    200: json(ChangedListingList, 'A page of listings'),
    ...readProblems('invalid_request', 'schedule_change_not_found'),
  },
})

export const applyScheduleChange = createRoute({
  operationId: 'applyScheduleChange',
  method: 'post',
  path: '/api/schedule-changes/{id}/apply',
  tags,
  summary: 'Apply a draft, or continue a stopped change',
  description:
    'The worker applies it in batches. A listing that has changed since the preview is skipped, and says what changed.',
  security: changes('schedules:override'),
  request: { params, body: reasonBody },
  responses: { 200: json(ChangeDetail, 'The change, which is being applied'), ...problems },
})

export const stopScheduleChange = createRoute({
  operationId: 'stopScheduleChange',
  method: 'post',
  path: '/api/schedule-changes/{id}/stop',
  tags,
  summary: 'Stop a change; what it has changed stays',
  security: changes('schedules:override'),
  request: { params, body: reasonBody },
  responses: { 200: json(ChangeDetail, 'The change, stopped'), ...problems },
})

export const previewScheduleChangeUndo = createRoute({
  operationId: 'previewScheduleChangeUndo',
  method: 'get',
  path: '/api/schedule-changes/{id}/undo',
  tags,
  summary: 'Preview undoing a change; nothing changes',
  security: reads('schedules:override'),
  request: { params },
  responses: {
    200: json(ChangePreview, 'What undoing would change now'),
    ...readProblems('invalid_request', 'schedule_change_not_found', 'schedule_change_not_possible'),
  },
})

export const undoScheduleChange = createRoute({
  operationId: 'undoScheduleChange',
  method: 'post',
  path: '/api/schedule-changes/{id}/undo',
  tags,
  summary: 'Undo a change: its listings return to what the lists say',
  security: changes('schedules:override'),
  request: { params, body: reasonBody },
  responses: { 200: json(ChangeDetail, 'The change, which is being undone'), ...problems },
})
