import { contactRoles, orderContactStates } from '@droplock/rules/contacts'
import { z } from '@hono/zod-openapi'
import { Id } from './primitives.ts'

/** The contacts that an order has, as its holder and as operators see them: without their details. */
export const OrderContacts = z
  .array(
    z
      .object({
        role: z.enum(contactRoles),
        contact_id: Id,
        version: z.int().openapi({ description: 'The version of the contact when it was ordered' }),
        state: z.enum(orderContactStates).openapi({
          description:
            'Whether it is at the registry. `not_needed`: the registry keeps no contact of this role. `refused`: the name is registered to the operator’s contact for this role',
        }),
        handle: z
          .string()
          .optional()
          .openapi({ description: 'Its id at the registry, once it is `created`' }),
        message: z.string().optional().openapi({ description: 'What the registry said if it refused it' }),
      })
      .openapi('OrderContact'),
  )
  .optional()
  .openapi({
    description:
      'For each role that the registry needs or the order names, the contact of the customer’s. Absent if the order has none: then the name is registered to the operator',
  })
