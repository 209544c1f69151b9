import type { Case } from '@droplock/core/cases/read'
import type { CaseView } from '@droplock/core/cases/view'
import { presentMoney } from './money.ts'
import { presentEntry } from './timeline.ts'
import { wire } from './wire.ts'

export function presentBackorder(view: CaseView) {
  return { ...wire(view), price: presentMoney(view.priceMinor, view.currency) }
}

export function presentCase(found: Case) {
  return {
    ...wire(found),
    ...presentBackorder(found),
    captured: presentMoney(found.capturedMinor, found.currency),
    refundable: presentMoney(found.refundableMinor, found.currency),
    timeline: found.timeline.map((entry) => presentEntry(entry)),
  }
}
