import type { ClockOffset } from '@droplock/rules/ports/registrar'
import type { Slot } from './slot.ts'

/** One hello: when it was sent and answered by our clock, and the registry's time in the greeting. */
type ClockSample = {
  readonly sentAtMs: number
  readonly answeredAtMs: number
  /** Wall-clock milliseconds of ours at `sentAtMs`. */
  readonly sentAtUnixMs: number
  readonly serverUnixMs: number
  /** The registry rounds its time down to a multiple of this. */
  readonly resolutionMs: number
}

/**
 * The clock offset in milliseconds that agrees with every sample. The registry reads its clock between our sending and
 * receiving, so each hello bounds the offset from both sides (Cristian's method, with `svDate`'s resolution added to the upper
 * bound), and several hellos narrow it. Contradicting samples mean that a clock was set in between: then only the narrowest
 * one counts. Throws `RangeError` without samples.
 */
export function clockOffset(samples: readonly ClockSample[]): ClockOffset {
  const bounds = samples.map(boundsOf)
  const narrowest = bounds.toSorted((a, b) => a.to - a.from - (b.to - b.from))[0]
  if (narrowest === undefined) throw new RangeError('no greeting contained the registry’s time')
  const from = Math.max(...bounds.map((bound) => bound.from))
  const to = Math.min(...bounds.map((bound) => bound.to))
  const best = from <= to ? { from, to } : narrowest
  return { offsetMs: (best.from + best.to) / 2, errorMs: (best.to - best.from) / 2 }
}

function boundsOf(sample: ClockSample): { from: number; to: number } {
  const roundTripMs = sample.answeredAtMs - sample.sentAtMs
  return {
    from: sample.serverUnixMs - (sample.sentAtUnixMs + roundTripMs),
    to: sample.serverUnixMs + sample.resolutionMs - sample.sentAtUnixMs,
  }
}

/** Hellos per clock measurement. Their bounds are intersected. */
const SAMPLES = 5

/** Measures the registry's clock minus ours by some hellos. Rejects as `acquire` does, and with `RangeError` when no greeting had a time. */
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
