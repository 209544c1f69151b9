import type { ListingState } from '@droplock/rules/machines/listing'
import type { RefusalCode } from '@droplock/rules/refusals'
import { z } from '@hono/zod-openapi'
import { DomainName, Money, Time } from '../common/primitives.ts'

export const listingStates = [
  'upcoming',
  'open',
  'closed',
  'dropping',
  'caught',
  'lost',
  'missed',
  'premium',
  'withdrawn',
  'refused',
  'unsold',
] as const satisfies readonly ListingState[]

/** Why a listing cannot be ordered: the code that an order would be refused with. */
export const listingBlocks = [
  'listing_not_open_yet',
  'listing_closed',
  'cutoff_passed',
  'zone_disabled',
  'name_premium',
  'name_reserved',
  'name_suspect',
  'name_taken',
  'price_unavailable',
] as const satisfies readonly RefusalCode[]

export type ListingBlock = (typeof listingBlocks)[number]

/** A name in one cycle, as any customer may see it. Who holds it is nobody's business. */
export const Listing = z
  .object({
    name: DomainName,
    zone: z.string().openapi({ example: 'com' }),
    cycle: z.int().openapi({ description: 'How many times the name has been listed', example: 1 }),
    state: z.enum(listingStates),
    orderable: z.boolean().openapi({ description: 'Whether an order would be accepted now, money aside' }),
    blocked_by: z
      .enum(listingBlocks)
      .optional()
      .openapi({ description: 'The code an order would be refused with; absent when orderable' }),
    price: Money.optional().openapi({
      description: 'For one year, final, in the currency of the account; absent when there is none',
    }),
    opens_at: Time,
    cutoff_at: Time.openapi({ description: 'Orders are accepted before this' }),
    drop_from: Time,
    drop_to: Time.openapi({
      description: 'The registry is expected to release the name from `drop_from` to here',
    }),
  })
  .openapi('Listing')
