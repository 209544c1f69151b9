import type { ClockOffset } from '@droplock/rules/ports/registrar'
import { type ClockSample, clockOffset } from './clock-offset.ts'
import type { Slot } from './slot.ts'

/** Hellos per clock measurement: their bounds are intersected. */
const SAMPLES = 5

/** Registry clock minus ours, by some hellos. Rejects as `acquire` does, with `RangeError` when no hello told the time. */
export async function measureClock(acquire: () => Promise<Slot>): Promise<ClockOffset> {
  const samples: ClockSample[] = []
  for (let round = 0; round < SAMPLES; round += 1) {
    using slot = await acquire()
    const exchange = await slot.hello()
    if (exchange.kind !== 'answered' || exchange.message.kind !== 'greeting') continue
    const { serverDate } = exchange.message.greeting
    if (serverDate === undefined) continue
    const { sentAtMs, answeredAtMs, sentAt } = exchange
    const { date, resolutionMs } = serverDate
    const sentAtUnixMs = sentAt.getTime()
    samples.push({ sentAtMs, answeredAtMs, sentAtUnixMs, serverUnixMs: date.getTime(), resolutionMs })
  }
  return clockOffset(samples)
}
