import { z } from '@hono/zod-openapi'
import { party } from '../common/party.ts'

/** Whom invoices are for. Copied to each invoice: a later change changes none that was issued. */
export const BillingProfile = z
  .strictObject({
    ...party,
    email: z
      .email()
      .max(254)
      .openapi({ description: 'Where invoices are to go', example: 'accounts@example.com' }),
  })
  .openapi('BillingProfile')
