import { COUNTED_MAX } from '@droplock/rules/counts'
import { catchTargetMachine } from '@droplock/rules/machines/catch-target'
import { statesOf } from '@droplock/rules/machines/machine'
import { createRoute, z } from '@hono/zod-openapi'
import { Money, Time } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { backorderStates, listingStates } from '../common/words.ts'
import { Alarm } from './alarm.ts'
import { ListSource } from './list-source.ts'
import { readProblems, reads } from './operation.ts'
import { listOf } from './paging.ts'
import { SyncRun } from './sync-runs.ts'

const targetStates = statesOf(catchTargetMachine)

/** How many there are in each state. */
function countsOf<const States extends readonly string[]>(states: States) {
  const members = Object.fromEntries(states.map((state) => [state, z.int()]))
  // `fromEntries` forgets its keys; they are the states.
  return z.object(members as { [State in States[number]]: ReturnType<typeof z.int> })
}

export const NextWindow = z
  .object({
    zone: z.string(),
    drop_from: Time,
    drop_to: Time,
    cutoff_at: Time,
    listings: z.int().openapi({ description: `${COUNTED_MAX} means as many or more` }),
    held: z.int().openapi({ description: 'How many of these have a backorder' }),
  })
  .openapi('NextWindow')

export const ZoneDay = z
  .object({
    zone: z.string(),
    registry_id: z.string(),
    targets: countsOf(targetStates),
  })
  .openapi('ZoneDay')

export const Today = z
  .object({
    at: Time,
    listings: countsOf(listingStates).openapi({
      description: `Live listings, and those that ended in the last 24 hours; ${COUNTED_MAX} means as many or more`,
    }),
    backorders: countsOf(backorderStates).openapi({
      description: `Undecided backorders, and those decided in the last 24 hours; ${COUNTED_MAX} means as many or more`,
    }),
    drop_day: z.array(ZoneDay).openapi({
      description:
        'Paid names of the present day of each zone, by its time zone: decided since it began, or undecided and dropping until it ends',
    }),
    next_windows: z.array(NextWindow),
    alarms: z.array(Alarm).openapi({
      description: 'The first open alarms, urgent ones first; `waiting.alarms` is their number',
    }),
    syncs: z.object({
      last_published: SyncRun.optional(),
      running: z.int().openapi({ description: 'Lists that are read now' }),
      ready: z.int().openapi({ description: 'Lists that wait for their publication' }),
      sources: z.int().openapi({ description: 'Enabled sources' }),
      unhealthy_sources: z
        .int()
        .openapi({ description: 'Those of them that are late or whose last try failed' }),
      unhealthy: z.array(ListSource).openapi({ description: 'The first of these, late ones first' }),
    }),
    waiting: z
      .object({
        alarms: z.int(),
        quarantined_runs: z.int(),
        proposed_refunds: z.int(),
        suspect_listings: z.int(),
        ambiguous_targets: z.int(),
        finance_tasks: z.int(),
        proposed_reversals: z.int(),
        open_disputes: z.int().openapi({ description: 'Disputes that need a response' }),
        unmatched_items: z.int().openapi({ description: 'Open reconciliation items' }),
        open_proposals: z.int().openapi({
          description: 'Proposals about targets, transfers and credit that await another person',
        }),
        oldest_open_proposal_at: Time.optional(),
        oldest_unmatched_item_at: Time.optional(),
        oldest_proposed_refund_at: Time.optional(),
        oldest_finance_task_at: Time.optional(),
        oldest_proposed_reversal_at: Time.optional(),
        oldest_open_dispute_at: Time.optional(),
      })
      .openapi({ description: 'What needs attention' }),
  })
  .openapi('Today')

export const getToday = createRoute({
  operationId: 'getToday',
  method: 'get',
  path: '/api/today',
  tags: ['Overview'],
  summary: 'Read the overview of the day',
  security: reads('console:read'),
  responses: { 200: json(Today, 'The overview, as of one moment'), ...readProblems() },
})

export const Registry = z.object({ id: z.string(), zones: z.array(z.string()) }).openapi('Registry')
export const RegistryList = listOf(Registry, 'RegistryList')

export const listRegistries = createRoute({
  operationId: 'listRegistries',
  method: 'get',
  path: '/api/registries',
  tags: ['Overview'],
  summary: 'List the registries and their zones',
  security: reads('console:read'),
  responses: { 200: json(RegistryList, 'The whole list'), ...readProblems() },
})

export const Invariants = z
  .object({
    at: Time,
    holds: z.boolean(),
    invariants: z.array(z.object({ name: z.string(), violations: z.int() })),
    backorders: z.object({ undecided: z.int(), successful: z.int(), failed: z.int() }),
    listings_won: z.int().openapi({
      description: 'Listings that were ever secured; equal to the number of backorders if all is well',
    }),
    escrow: z.array(Money),
    ledger_sum: z.array(Money),
  })
  .openapi('Invariants')

export const proveInvariants = createRoute({
  operationId: 'proveInvariants',
  method: 'get',
  path: '/api/invariants',
  tags: ['Overview'],
  summary: 'Check the invariants in the database',
  security: reads('invariants:prove'),
  responses: { 200: json(Invariants, 'Each invariant and its violations'), ...readProblems() },
})
