import { domainToUnicode } from 'node:url'
import { ContactDetails } from '@droplock/contracts/common/contact'
import { Money, NameInput } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import { getZoneTerms, listZoneTerms, type ZoneTerms } from '@droplock/core/zone-terms'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { contactRoles } from '@droplock/rules/contacts'
import { releases } from '@droplock/rules/schedule/release'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, keyWith, Limit, NameCursor, pageOf, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'

type Json = string | number | boolean | null | Json[] | JsonObject
type JsonObject = { [name: string]: Json }

/** Labels of the DNS. RFC 1035 §2.3.4, RFC 5890 §2.3.1. */
const LABEL_CHARACTERS_MAX = 63

const PriceLine = z
  .object({
    kind: z.enum(['pattern', 'length', 'tier']),
    match: z.string().openapi({
      description: 'The pattern or the lengths of the label, or the tier of the name',
      example: 'standard',
    }),
    price: Money.openapi({ description: 'Of a backorder, with the registration for one year' }),
  })
  .openapi('PriceLine')

const zone = {
  zone: z.string().openapi({ description: 'A-labels, lower case', example: 'com' }),
  unicode_zone: z.string().openapi({ description: 'The zone as people read it' }),
  takes_orders: z
    .boolean()
    .openapi({ description: 'False: new orders are stopped; secured ones stay valid' }),
  label: z.object({ characters_min: z.int(), characters_max: z.int(), pattern: z.string() }).openapi({
    description:
      'What the label below the zone can be, as A-label: a regular expression and the lengths of the DNS. Which names a registry really registers, its own policy decides; names that it has listed were registered before',
  }),
  prices: z.array(PriceLine).openapi({
    description:
      'The price list in the currency of your account: the first line that matches a name decides, unless the name has a price of its own. `Listing.price` is the price of a name',
  }),
  renewal_price: Money.optional().openapi({
    description: 'For each further year; absent if names are not renewed in your currency',
  }),
  late_renewal_days: z.int().openapi({
    description:
      'How long after its expiry a name can still be renewed, at the same price. Then it is deleted',
  }),
  release: z.enum(releases).openapi({ description: 'How the registry releases names' }),
  drop_time_zone: z.string().openapi({ description: 'IANA time zone', example: 'America/New_York' }),
  drop_starts_at: z
    .array(z.string())
    .openapi({ description: 'When a window begins, in that time zone', example: ['14:00'] }),
  drop_lasts_seconds: z.int(),
  cutoff_lead_seconds: z.int().openapi({ description: 'Orders close this long before the window' }),
  premium_names: z.boolean().openapi({
    description: 'Whether the registry sells names at premium prices, which cannot be backordered',
  }),
  contact_roles: z.array(z.enum(contactRoles)).openapi({
    description: 'The contacts that a registration needs; none for a registry without contacts',
  }),
}

export const Zone = z.object(zone).openapi('Zone')
export const ZonePage = pageOf(Zone, 'ZonePage')
export const ZoneDetail = z
  .object({
    ...zone,
    contact_schema: z
      .custom<JsonObject>((schema) => typeof schema === 'object')
      .optional()
      .openapi({
        type: 'object',
        additionalProperties: true,
        description:
          'What a contact needs, as JSON Schema (draft 2020-12); absent if the zone needs no contact',
      }),
  })
  .openapi('ZoneDetail')

const tags = ['Zones']

const listZones = createRoute({
  operationId: 'listZones',
  method: 'get',
  path: '/v1/zones',
  tags,
  summary: 'List the zones with their rules and prices',
  description:
    'Only the zones that the service works with; one with `takes_orders` false accepts no new orders for now.',
  security: keyWith('listings:read'),
  request: { query: z.strictObject({ cursor: NameCursor, limit: Limit }) },
  responses: {
    200: json(ZonePage, 'A page of zones, by name'),
    ...problems('invalid_request', 'invalid_cursor', 'read_limit_reached'),
  },
})

const getZone = createRoute({
  operationId: 'getZone',
  method: 'get',
  path: '/v1/zones/{zone}',
  tags,
  summary: 'Read a zone, with what a contact needs',
  description: '`contact_schema` is a JSON Schema of the contacts that the registry of this zone accepts.',
  security: keyWith('listings:read'),
  request: { params: z.strictObject({ zone: NameInput.openapi({ example: 'com' }) }) },
  responses: { 200: json(ZoneDetail, 'The zone'), ...problems('invalid_request', 'zone_not_found') },
})

export const zoneOperations = { listZones, getZone }

/** As it is sent: plain JSON. */
const contactSchema: JsonObject = JSON.parse(
  JSON.stringify(z.toJSONSchema(ContactDetails, { target: 'draft-2020-12', io: 'input' })),
)

export function mountZones(app: Gateway): void {
  app.openapi(listZones, async (c) => {
    const { items, ...page } = await listZoneTerms(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, ZonePage, { ...page, items: items.map(present) })
  })

  app.openapi(getZone, async (c) => {
    const name = c.req.valid('param').zone.toLowerCase()
    const terms = await getZoneTerms(c.var.ctx, name)
    const needsContact = terms.contactRoles.length > 0
    return reply(c, 200, ZoneDetail, {
      ...present(terms),
      ...(needsContact && { contact_schema: contactSchema }),
    })
  })
}

function present({ mayHavePremium, ...terms }: ZoneTerms) {
  return {
    ...wire(terms),
    unicode_zone: domainToUnicode(terms.zone) || terms.zone,
    premium_names: mayHavePremium,
    label: {
      characters_min: 1,
      characters_max: LABEL_CHARACTERS_MAX,
      pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
    },
  }
}
