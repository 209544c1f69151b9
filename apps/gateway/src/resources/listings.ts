import { DomainName, Money, NameInput, Time } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import { listingStates } from '@droplock/contracts/common/words'
import * as core from '@droplock/core/listings/read'
import { searchListings as search } from '@droplock/core/listings/search'
import { nameAsWritten } from '@droplock/core/name-as-written'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { COUNTED_MAX } from '@droplock/rules/counts'
import { Refusal } from '@droplock/rules/refusals'
import { createRoute, z } from '@hono/zod-openapi'
import { Flag, keyWith, Limit, ListingCursor, pageOf, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { readSearch, searchFilters } from './listing-filters.ts'

/** A name in one cycle, as any customer may see it: never who holds it. */
export const Listing = z
  .object({
    name: DomainName,
    zone: z.string().openapi({ example: 'com' }),
    cycle: z.int().openapi({ description: 'How many times the name has been listed', example: 1 }),
    state: z.enum(listingStates),
    orderable: z
      .boolean()
      .openapi({ description: 'Whether an order would be accepted now, apart from payment' }),
    held: z.boolean().openapi({ description: 'An account holds the backorder for this name' }),
    held_by_you: z.boolean(),
    premium: z.boolean().openapi({ description: 'The registry charges a premium price' }),
    reserved: z.boolean().openapi({ description: 'The registry will not release it' }),
    suspect: z
      .boolean()
      .openapi({ description: "The name is missing from its registry's latest list and is being checked" }),
    price: Money.optional().openapi({
      description: 'The final price for one year, in the currency of your account; absent if there is none',
    }),
    opens_at: Time,
    cutoff_at: Time.openapi({ description: 'Orders are accepted before this' }),
    drop_from: Time,
    drop_to: Time.openapi({
      description: 'The registry is expected to release the name between `drop_from` and `drop_to`',
    }),
  })
  .openapi('Listing')

/** Why a name cannot be ordered, by whichever payment. Rules 1, 2, 3 and 6. */
export const orderProblems = [
  'invalid_name',
  'listing_not_found',
  'listing_not_open_yet',
  'listing_closed',
  'cutoff_passed',
  'zone_disabled',
  'name_premium',
  'name_reserved',
  'name_suspect',
  'name_blocked',
  'name_taken',
  'already_yours',
  'price_unavailable',
] as const

const tags = ['Listings']

export const SearchResult = z
  .object({
    ...pageOf(Listing, 'ListingPage').shape,
    total: z.int().optional().openapi({ description: 'How many listings match, if `total` was asked for' }),
    total_is_exact: z
      .boolean()
      .optional()
      .openapi({ description: `False where more than ${COUNTED_MAX} match: then \`total\` is that number` }),
  })
  .openapi('ListingPage')

const searchListings = createRoute({
  operationId: 'searchListings',
  method: 'get',
  path: '/v1/listings',
  tags,
  summary: 'Search the names that are about to drop',
  description:
    'All filters must match. The label is the name without its zone. Read the pages by `next`; new names may appear in between.',
  security: keyWith('listings:read'),
  request: {
    query: z.strictObject({
      ...searchFilters,
      total: Flag.openapi({ description: `Whether to count what matches, up to ${COUNTED_MAX}` }),
      order: z.enum(['cutoff', 'name', 'price']).default('cutoff').openapi({
        description:
          'By cut-off, soonest first, by name, or by price, cheapest first. Names that have ended are sorted by their drop instead of the cut-off; only open and upcoming names are sorted by price',
      }),
      cursor: ListingCursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(SearchResult, 'A page of listings'),
    ...problems(
      'invalid_request',
      'invalid_cursor',
      'search_text_too_short',
      'search_too_broad',
      'read_limit_reached',
    ),
  },
})

const getListing = createRoute({
  operationId: 'getListing',
  method: 'get',
  path: '/v1/listings/{name}',
  tags,
  summary: 'Read the latest listing of a name',
  description:
    'A name can be listed again after an earlier drop; this is its latest listing, ended ones included. `orderable` says whether an order would be taken now; to know all reasons against it, use `POST /v1/backorder-checks`.',
  security: keyWith('listings:read'),
  request: { params: z.strictObject({ name: NameInput }) },
  responses: {
    200: json(Listing, 'The listing'),
    ...problems('invalid_request', 'invalid_name', 'listing_not_found'),
  },
})

export const listingOperations = { searchListings, getListing }

export function mountListings(app: Gateway): void {
  app.openapi(searchListings, async (c) => {
    const found = await search(c.var.ctx, readSearch(c.req.valid('query')))
    return reply(c, 200, SearchResult, wire(found))
  })

  app.openapi(getListing, async (c) => {
    const name = readName(c.req.valid('param').name, inPath)
    return reply(c, 200, Listing, wire(await core.getListing(c.var.ctx, name)))
  })
}

/** Where a name is in a request. */
type NamePlace = { readonly pointer: string } | { readonly parameter: string }

const inBody: NamePlace = { pointer: '/name' }
export const inPath: NamePlace = { parameter: 'name' }

/** A name as a caller wrote it, in the form that listings have: A-labels in lower case. Throws Refusal('invalid_name'). */
export function readName(text: string, place = inBody): string {
  const name = nameAsWritten(text)
  if (name === undefined) {
    throw new Refusal('invalid_name', 'This is not a domain name.', {}, [
      { ...place, detail: 'must be a domain name' },
    ])
  }
  return name
}
