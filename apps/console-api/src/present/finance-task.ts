import type { FinanceTask } from '@droplock/core/finance-tasks'
import { presentMoney } from './money.ts'
import { wire } from './wire.ts'

export function presentFinanceTask(task: FinanceTask) {
  const { amountMinor, currency } = task
  const amount = amountMinor === null || currency === null ? undefined : presentMoney(amountMinor, currency)
  return { ...wire(task), amount }
}
