import { BillingProfile } from '@droplock/contracts/gateway/billing-profile'
import { getBillingProfile } from '@droplock/contracts/gateway/get-billing-profile'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentBillingProfile } from '../present/billing-profile.ts'

export function routeGetBillingProfile(app: Gateway): void {
  app.openapi(getBillingProfile, async (c) => {
    const profile = await c.var.services.getBillingProfile(c.var.actor)
    return reply(c, 200, BillingProfile, presentBillingProfile(profile))
  })
}
