import type { Deed } from './deed.ts'
import { ledgerDeeds } from './ledger.ts'
import { orderDeeds } from './orders.ts'
import { providerDeeds } from './provider.ts'
import { refundDeeds } from './refunds.ts'

export const deeds: readonly Deed[] = [...ledgerDeeds, ...orderDeeds, ...refundDeeds, ...providerDeeds]
