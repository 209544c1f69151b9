import { z } from '@hono/zod-openapi'
import { DomainName, Money, Time } from '../common/primitives.ts'
import { listingStates } from '../common/words.ts'

/** A name in one cycle, as any customer may see it. Who holds it is nobody's business. */
export const Listing = z
  .object({
    name: DomainName,
    zone: z.string().openapi({ example: 'com' }),
    cycle: z.int().openapi({ description: 'How many times the name has been listed', example: 1 }),
    state: z.enum(listingStates),
    orderable: z.boolean().openapi({ description: 'Whether an order would be accepted now, money aside' }),
    held: z.boolean().openapi({ description: 'Somebody holds the backorder of this name' }),
    held_by_you: z.boolean(),
    premium: z.boolean().openapi({ description: 'The registry asks a premium price' }),
    reserved: z.boolean().openapi({ description: 'The registry will not release it' }),
    suspect: z
      .boolean()
      .openapi({ description: "It vanished from its registry's list and is being checked" }),
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
