import { balanceCases } from './balance-cases.ts'
import { disputeCases } from './dispute-cases.ts'
import { paymentCases } from './payment-cases.ts'
import { refundCases } from './refund-cases.ts'
import { webhookCases } from './webhook-cases.ts'
import type { PaymentsWorld } from './world.ts'

/** As much of a test runner as is needed. */
type SuiteRunner = { test(name: string, run: () => Promise<void>): void }

/** What every implementation of the payments port keeps. */
export function paymentsSuite({ test }: SuiteRunner, open: () => Promise<PaymentsWorld>): void {
  const cases = { ...paymentCases, ...refundCases, ...disputeCases, ...balanceCases, ...webhookCases }
  for (const [name, run] of Object.entries(cases)) {
    test(name, async () => {
      const world = await open()
      try {
        await run(world)
      } finally {
        await world.stop()
      }
    })
  }
}
