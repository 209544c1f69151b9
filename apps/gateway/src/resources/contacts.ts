import { line } from '@droplock/contracts/common/party'
import { Id, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import * as core from '@droplock/core/account-contacts/administer'
import * as read from '@droplock/core/account-contacts/read'
import type { AccountContext } from '@droplock/core/context'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ContactDetails, PostalInfo } from '@droplock/rules/ports/registry-objects'
import { Refusal } from '@droplock/rules/refusals'
import { createRoute, z } from '@hono/zod-openapi'
import {
  askedPage,
  Cursor,
  keyWith,
  Limit,
  made,
  onceByKey,
  onlyIfUnchanged,
  pageOf,
  problems,
  versioned,
} from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { readPrecondition, setETag } from '../http/preconditions.ts'

/** The contacts of the roles that are not the registrant's. */
export const RoleContacts = z
  .strictObject({ admin: z.uuid().optional(), tech: z.uuid().optional(), billing: z.uuid().optional() })
  .openapi('RoleContacts')

/** RFC 5733 §2.4: the longest line. */
const LINE_MAX = 255

/** Unknown members are refused: a misspelt one must not be missing at a registry. */
const Address = z
  .strictObject({
    name: line(LINE_MAX).openapi({ example: 'Rita Registrant' }),
    org: line(LINE_MAX).optional(),
    street: z
      .array(line(LINE_MAX))
      .min(1)
      .max(3)
      .openapi({ example: ['1 Main Street'] }),
    city: line(LINE_MAX).openapi({ example: 'London' }),
    province: line(LINE_MAX).optional(),
    postal_code: line(16).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'two capital letters')
      .openapi({ description: 'ISO 3166-1 alpha-2', example: 'GB' }),
  })
  .openapi('ContactAddress')

const phone = z
  .string()
  .regex(/^\+\d{1,3}\.\d{1,14}(x\d{1,10})?$/, '+CC.number')
  .openapi({ description: 'E.164, as RFC 5733 writes it', example: '+44.2071234567' })

const details = {
  int: Address.optional().openapi({ description: 'The internationalised form, in ASCII' }),
  loc: Address.optional().openapi({ description: 'The localised form, in any script' }),
  voice: phone.optional(),
  fax: phone.optional(),
  email: line(254).openapi({ example: 'names@example.com' }),
}

const WriteContact = z
  .strictObject({
    ...details,
    is_default: z.boolean().default(false).openapi({
      description: 'Orders that name no contact have this one from now on',
    }),
  })
  .openapi('WriteContact')

export const Contact = z
  .object({
    id: Id,
    version: z.int().openapi({ description: 'Other details are a new version' }),
    ...details,
    is_default: z.boolean(),
    created_at: Time,
    updated_at: Time,
    registries: z
      .array(
        z.object({
          registry: z.string(),
          handle: z.string().openapi({ description: 'Its id there' }),
          state: z.enum(['pending', 'created', 'refused']),
          message: z.string().optional().openapi({ description: 'What the registry said if it refused it' }),
        }),
      )
      .openapi({ description: 'Where this version was requested' }),
  })
  .openapi('Contact')

export const ContactPage = pageOf(Contact, 'ContactPage')

const tags = ['Contacts']
const params = z.strictObject({ id: Id })

const listContacts = createRoute({
  operationId: 'listContacts',
  method: 'get',
  path: '/v1/contacts',
  tags,
  summary: "List the account's contacts, newest first",
  description:
    'Contacts belong to the account: a key of a sub-account with `contacts:read` sees them all, and any order may name each of them.',
  security: keyWith('contacts:read'),
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(ContactPage, 'A page of contacts'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const createContact = createRoute(
  onceByKey({
    operationId: 'createContact',
    method: 'post',
    path: '/v1/contacts',
    tags,
    summary: 'Create a contact',
    description:
      'A contact has its address in the internationalised form (`int`), the localised form (`loc`), or both; most registries need `int`. It is made at a registry when an order or a change needs it there. A repetition with the same `Idempotency-Key` answers with the contact as it is then: personal data is not kept with the answer.',
    security: keyWith('contacts:write'),
    request: { body: body(WriteContact) },
    responses: {
      201: made(Contact, 'contact', 'The contact'),
      ...problems(...bodyProblems, 'invalid_contact', 'contact_not_found'),
    },
  }),
)

const getContact = createRoute({
  operationId: 'getContact',
  method: 'get',
  path: '/v1/contacts/{id}',
  tags,
  summary: 'Read a contact',
  description:
    'The answer has the `ETag` that an edit needs, and says at which registries the contact exists.',
  security: keyWith('contacts:read'),
  request: { params },
  responses: {
    200: versioned(Contact, 'The contact'),
    ...problems('invalid_request', 'contact_not_found'),
  },
})

const changeContact = createRoute(
  onlyIfUnchanged({
    operationId: 'changeContact',
    method: 'put',
    path: '/v1/contacts/{id}',
    tags,
    summary: 'Change a contact',
    description:
      'Replaces the whole contact. Orders keep the version that they named, and registered names keep theirs until their contacts are changed.',
    security: keyWith('contacts:write'),
    request: { params, body: body(WriteContact) },
    responses: {
      200: versioned(Contact, 'The contact'),
      ...problems(...bodyProblems, 'invalid_contact', 'contact_not_found'),
    },
  }),
)

const deleteContact = createRoute(
  onlyIfUnchanged({
    operationId: 'deleteContact',
    method: 'delete',
    path: '/v1/contacts/{id}',
    tags,
    summary: 'Delete a contact',
    description:
      'Its details are erased here; what a registry has of it stays there. A contact that is in use cannot be deleted.',
    security: keyWith('contacts:write'),
    request: { params },
    responses: {
      204: { description: 'The contact is deleted' },
      ...problems('invalid_request', 'contact_not_found', 'contact_in_use'),
    },
  }),
)

export const contactOperations = { listContacts, createContact, getContact, changeContact, deleteContact }

/** Stands in a stored answer for the details. */
const NOT_STORED = 'not stored'

export function mountContacts(app: Gateway): void {
  app.openapi(listContacts, async (c) => {
    const { items, ...page } = await read.listContacts(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, ContactPage, { ...page, items: items.map(present) })
  })

  app.openapi(createContact, (c) => {
    const work = async (ctx: AccountContext) => {
      const { details: _, ...contact } = await core.createContact(ctx, fromBody(c.req.valid('json')))
      return { value: { ...wire(contact), email: NOT_STORED }, location: `/v1/contacts/${contact.id}` }
    }
    // The details are personal data, and a deleted contact must be gone.
    return replyOnce(c, 201, Contact, work, async ({ id }) =>
      Contact.parse(present(await read.readContact(c.var.ctx, id))),
    )
  })

  app.openapi(getContact, async (c) => {
    const found = await read.getContact(c.var.ctx, c.req.valid('param').id)
    setETag(c, found.editVersion)
    return reply(c, 200, Contact, present(found))
  })

  app.openapi(changeContact, async (c) => {
    const wanted = { id: c.req.valid('param').id, ...fromBody(c.req.valid('json')) }
    const changed = await core.changeContact(c.var.ctx, { ...wanted, precondition: readPrecondition(c) })
    setETag(c, changed.editVersion)
    return reply(c, 200, Contact, present(changed))
  })

  app.openapi(deleteContact, async (c) => {
    await core.deleteContact(c.var.ctx, { id: c.req.valid('param').id, precondition: readPrecondition(c) })
    return c.body(null, 204)
  })
}

/** Core has the forms of the address in a list, as a registry does. */
function present({ details: { postal, ...others }, ...contact }: read.AccountContactView) {
  const forms = postal.flatMap((one) => {
    if (one === undefined) return []
    const { type, ...address } = one
    return [[type, wire(address)] as const]
  })
  return { ...wire(contact), ...wire(others), ...Object.fromEntries(forms) }
}

function fromBody({ int, loc, voice, fax, email, is_default: isDefault }: z.output<typeof WriteContact>): {
  readonly details: ContactDetails
  readonly isDefault: boolean
} {
  const [first, second] = [int && toPostal('int', int), loc && toPostal('loc', loc)].filter(
    (one) => one !== undefined,
  )
  if (first === undefined)
    throw new Refusal('invalid_contact', 'A contact has an address, int or loc.', { field: 'int' })
  return {
    isDefault,
    details: {
      postal: second === undefined ? [first] : [first, second],
      ...(voice !== undefined && { voice }),
      ...(fax !== undefined && { fax }),
      email,
    },
  }
}

function toPostal(type: PostalInfo['type'], address: z.output<typeof Address>): PostalInfo {
  const { name, org, street, city, province, postal_code: postalCode, country } = address
  return {
    type,
    name,
    ...(org !== undefined && { org }),
    street,
    city,
    ...(province !== undefined && { province }),
    ...(postalCode !== undefined && { postalCode }),
    country,
  }
}
