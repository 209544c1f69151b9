import { line } from '@droplock/contracts/common/party'
import { Id, text } from '@droplock/contracts/common/primitives'
import { z } from '@hono/zod-openapi'

const METADATA_KEYS_MAX = 20

const Metadata = z
  .record(line(40), text(500))
  .refine(
    (metadata) => Object.keys(metadata).length <= METADATA_KEYS_MAX,
    `at most ${METADATA_KEYS_MAX} keys`,
  )
  .openapi({
    description: `Your own data: up to ${METADATA_KEYS_MAX} keys of up to 40 characters, each with a text of up to 500. It is stored and shown as it is, and means nothing to us`,
    maxProperties: METADATA_KEYS_MAX,
    example: { customer: 'c-1881', campaign: 'spring' },
  })

/** What a customer may add to an order; every view of the order has it. */
export const orderFields = {
  reference: line(64).optional().openapi({
    description: 'Your own reference, one line; spaces around it are removed',
    example: 'PO-2026-0815',
  }),
  metadata: Metadata.optional(),
  sub_account_id: Id.optional().openapi({
    description: 'The sub-account of the order. A key of a sub-account need not say it, and can say no other',
  }),
}
