import type { SellerNow } from '@droplock/core/billing/seller'
import { wire } from './wire.ts'

export function presentSeller(mode: 'live' | 'test', seller: SellerNow | undefined) {
  if (seller === undefined) return { database_mode: mode }
  return { database_mode: mode, seller: { ...wire(seller), address: seller.address.split('\n') } }
}
