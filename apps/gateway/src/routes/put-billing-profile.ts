import { BillingProfile } from '@droplock/contracts/gateway/billing-profile'
import { putBillingProfile } from '@droplock/contracts/gateway/put-billing-profile'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentBillingProfile } from '../present/billing-profile.ts'

export function routePutBillingProfile(app: Gateway): void {
  app.openapi(putBillingProfile, async (c) => {
    const { legal_name: legalName, address, country, tax_id: taxId, email } = c.req.valid('json')
    const profile = { legalName, address: address.join('\n'), country, taxId: taxId ?? null, email }
    await c.var.services.putBillingProfile(c.var.actor, profile)
    return reply(c, 200, BillingProfile, presentBillingProfile(profile))
  })
}
