import { party } from '@droplock/contracts/common/party'
import { body, bodyProblems } from '@droplock/contracts/common/responses'
import * as core from '@droplock/core/billing/profile'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, onlyIfUnchanged, problems, versioned } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { readPrecondition, setETag } from '../http/preconditions.ts'

/** Whom invoices are for. Copied to each invoice: a later change changes none that was issued. */
export const BillingProfile = z
  .strictObject({
    ...party,
    email: z
      .email()
      .max(254)
      .openapi({ description: 'Where to send invoices', example: 'accounts@example.com' }),
  })
  .openapi('BillingProfile')

const tags = ['Invoices']
const path = '/v1/billing-profile'

const getBillingProfile = createRoute({
  operationId: 'getBillingProfile',
  method: 'get',
  path,
  tags,
  summary: 'Read the billing profile',
  description:
    'Its data are copied to each invoice when that is issued. The answer has the `ETag` that an edit needs.',
  security: keyWith('invoices:read'),
  responses: {
    200: versioned(BillingProfile, 'The billing profile'),
    ...problems('billing_profile_missing'),
  },
})

const putBillingProfile = createRoute(
  onlyIfUnchanged(
    {
      operationId: 'putBillingProfile',
      method: 'put',
      path,
      tags,
      summary: 'Set the billing profile',
      description:
        'Replaces the whole profile, which names who invoices are issued to. Issued invoices do not change.',
      security: keyWith('invoices:write'),
      request: { body: body(BillingProfile) },
      responses: {
        200: versioned(BillingProfile, 'The new billing profile'),
        ...problems(...bodyProblems),
      },
    },
    { mayCreate: true },
  ),
)

export const billingProfileOperations = { getBillingProfile, putBillingProfile }

export function mountBillingProfile(app: Gateway): void {
  app.openapi(getBillingProfile, async (c) => {
    const profile = await core.getBillingProfile(c.var.ctx)
    setETag(c, profile.version)
    return reply(c, 200, BillingProfile, present(profile))
  })

  app.openapi(putBillingProfile, async (c) => {
    const { address, ...rest } = fromWire(c.req.valid('json'))
    const profile = { taxId: null, ...rest, address: address.join('\n') }
    setETag(c, await core.putBillingProfile(c.var.ctx, profile, readPrecondition(c)))
    return reply(c, 200, BillingProfile, present(profile))
  })
}

function present({ legalName, address, country, taxId, email }: core.BillingProfile) {
  return { ...wire({ legalName, country, taxId, email }), address: address.split('\n') }
}
