import { ledgerViolations } from './ledger.ts'
import { orderViolations } from './orders.ts'
import { providerViolations } from './provider.ts'
import { refundViolations } from './refunds.ts'
import { renewalViolations } from './renewals.ts'
import { unrenewedViolations } from './unrenewed.ts'
import type { Violation } from './violation.ts'

export const violations: readonly Violation[] = [
  ...ledgerViolations,
  ...orderViolations,
  ...refundViolations,
  ...providerViolations,
  ...renewalViolations,
  ...unrenewedViolations,
]
