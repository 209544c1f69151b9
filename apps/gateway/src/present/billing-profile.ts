import type { BillingProfile } from '@droplock/core/billing/profile'
import { present } from './optional.ts'

export function presentBillingProfile(profile: BillingProfile) {
  return {
    legal_name: profile.legalName,
    address: profile.address.split('\n'),
    country: profile.country,
    ...present({ tax_id: profile.taxId }),
    email: profile.email,
  }
}
