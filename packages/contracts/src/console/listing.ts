import { z } from '@hono/zod-openapi'
import { DomainName, Id, Time } from '../common/primitives.ts'
import { listingStates } from '../common/words.ts'
import { TimeInput } from './paging.ts'
import { Schedule } from './schedule.ts'

const listing = {
  id: Id,
  name: DomainName,
  zone: z.string(),
  registry_id: z.string(),
  cycle: z.int(),
  state: z.enum(listingStates),
  version: z.int().openapi({ description: 'Grows with every change' }),
  premium: z.boolean(),
  reserved: z.boolean(),
  suspect: z.boolean(),
  opens_at: Time,
  cutoff_at: Time,
  drop_from: Time,
  drop_to: Time,
  ended_at: Time.optional(),
  overridden: z.boolean().openapi({ description: "A person's move is in force" }),
  listed: Schedule.optional().openapi({ description: 'What lists say, while a move is in force' }),
  backorder_id: Id.optional(),
  holder_name: z.string().optional().openapi({ description: 'The account that holds the backorder' }),
}

/** A listing as an operator sees it. */
export const Listing = z.object(listing).openapi('Listing')

export const Override = z
  .object({
    id: Id,
    from: Schedule,
    to: Schedule,
    reason: z.string(),
    applied_by: z.string(),
    applied_at: Time,
    replaced_at: Time.optional(),
    undone_by: z.string().optional(),
    undone_at: Time.optional(),
    undo_reason: z.string().optional(),
    returned_to: Schedule.optional().openapi({ description: 'What lists said when it was undone' }),
  })
  .openapi('Override')

export const ListingDetail = z
  .object({ ...listing, overrides: z.array(Override).openapi({ description: 'Newest first' }) })
  .openapi('ListingDetail')

const holders = ['secured', 'unpaid', 'none'] as const

/** What a preview was computed from. Applying sends it back; a difference is refused with what differs. */
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
      hold_ends_by: Time.optional().openapi({ description: 'When an unpaid hold ends; at once if past' }),
      target: z.enum(['none', 'armed', 'rearmed', 'disarmed']),
    }),
    listed: Schedule.openapi({ description: 'What lists say: where undoing returns to' }),
  })
  .openapi('OverridePreview')

/** Where a person wants a listing. Without a cut-off the lead of the zone before the window is taken. */
export const window = { drop_from: TimeInput, drop_to: TimeInput, cutoff_at: TimeInput.optional() } as const
