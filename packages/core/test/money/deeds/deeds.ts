import type { Deed } from './deed.ts'
import { ledgerDeeds } from './ledger.ts'
import { orderDeeds } from './orders.ts'
import { providerDeeds } from './provider.ts'
import { refundDeeds } from './refunds.ts'
import { renewalDeeds } from './renewals.ts'

export const deeds: readonly Deed[] = [
  ...ledgerDeeds,
  ...orderDeeds,
  ...refundDeeds,
  ...providerDeeds,
  ...renewalDeeds,
]
