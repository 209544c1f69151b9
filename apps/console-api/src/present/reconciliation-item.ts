import type { ItemAmount, ReconciliationItem } from '@droplock/core/reconciliation/read'
import { presentMoney } from './money.ts'
import { wire } from './wire.ts'

export function presentReconciliationItem({ ours, theirs, ...item }: ReconciliationItem) {
  return { ...wire(item), ...amount('ours', ours), ...amount('theirs', theirs) }
}

function amount<Name extends string>(name: Name, value: ItemAmount | null) {
  return value === null ? {} : { [name]: presentMoney(value.amountMinor, value.currency) }
}
