import type { ClockOffset } from '@droplock/rules/ports/registrar'
import type { Clock } from '../clock.ts'
import type { Exchange } from '../session/exchange.ts'
import type { Slot } from './slot.ts'

/**
 * One greeting: when it was asked for and when it came, and the registry's time in it. Ours are those of `Clock.nowMs`, which no step of this
 * machine's clock changes.
 */
type ClockSample = {
  readonly sentAtMs: number
  readonly answeredAtMs: number
  readonly serverUnixMs: number
  /** The registry rounds its time down to a multiple of this. */
  readonly resolutionMs: number
}

/**
 * The clock offset in milliseconds that agrees with every sample. The registry reads its clock between our sending and
 * receiving, so each hello bounds the offset from both sides (Cristian's method, with `svDate`'s resolution added to the upper
 * bound), and several hellos narrow it. It is that of our wall clock as `clock` shows it now. Throws `RangeError` without samples.
 */
export function clockOffset(
  samples: readonly ClockSample[],
  clock: Pick<Clock, 'date' | 'nowMs'>,
): ClockOffset {
  const unixMs = clock.date().getTime() - clock.nowMs()
  const narrowest = samples.map(boundsOf).toSorted((a, b) => a.to - a.from - (b.to - b.from))[0]
  if (narrowest === undefined) throw new RangeError('no greeting contained the registry’s time')
  const common = intersect(samples.map(boundsOf))
  // Contradicting samples mean that the registry's clock was set in between: then only the narrowest counts.
  const { from, to } = common.from <= common.to ? common : narrowest
  const arrival = arrivalOf(samples)
  const roundTripMs = Math.min(...samples.map(({ sentAtMs, answeredAtMs }) => answeredAtMs - sentAtMs))
  return {
    offsetMs: (from + to) / 2 - unixMs,
    errorMs: (to - from) / 2,
    arrivalMs: (arrival.from + arrival.to) / 2 - unixMs,
    arrivalErrorMs: (arrival.to - arrival.from) / 2,
    roundTripMs,
  }
}

type Bounds = { readonly from: number; readonly to: number }

function intersect(bounds: readonly Bounds[]): Bounds {
  const from = Math.max(...bounds.map((bound) => bound.from))
  return { from, to: Math.min(...bounds.map((bound) => bound.to)) }
}

/**
 * By the hellos that were fastest on their way, since a command that is slower only arrives later. What contradicts them was slower.
 */
function arrivalOf(samples: readonly ClockSample[]): Bounds {
  const bounds = samples.map(arrivalBoundsOf)
  const to = Math.min(...bounds.map((bound) => bound.to))
  return { from: Math.max(...bounds.map(({ from }) => from).filter((from) => from <= to)), to }
}

/** A `Date` is cut to milliseconds. */
const DATE_MS = 1

/**
 * The registry's time when a command arrives, minus our time when it is sent: the greeting has the time at which the hello arrived.
 * So half a round trip need not be guessed. The error that is returned comes from the resolution of `svDate`; by how much the way out
 * varies between hellos comes on top of it.
 */
function arrivalBoundsOf(sample: ClockSample): Bounds {
  const from = sample.serverUnixMs - sample.sentAtMs - DATE_MS
  return { from, to: sample.serverUnixMs + sample.resolutionMs - sample.sentAtMs }
}

function boundsOf(sample: ClockSample): { from: number; to: number } {
  return {
    from: sample.serverUnixMs - sample.answeredAtMs,
    to: sample.serverUnixMs + sample.resolutionMs - sample.sentAtMs,
  }
}

/** Hellos per clock measurement. Their bounds are intersected. */
const SAMPLES = 5

/** A registry whose times are this coarse is asked more often, each time when its clock may just be changing: that halves the error. */
const COARSE_MS = 50
const SAMPLES_OF_COARSE = 12

/**
 * Measures the registry's clock minus ours by some hellos. Rejects as `acquire` does, and with `RangeError` when no greeting had a time.
 * With times in whole seconds it takes some seconds.
 */
export async function measureClock(clock: Clock, acquire: () => Promise<Slot>): Promise<ClockOffset> {
  const samples: ClockSample[] = []
  let isCoarse = false
  for (let round = 0; round < (isCoarse ? SAMPLES_OF_COARSE : SAMPLES); round += 1) {
    if (isCoarse) await pauseUntilChange(clock, samples)
    using slot = await acquire()
    const sample = sampleOf(await slot.hello())
    if (sample === undefined) continue
    samples.push(sample)
    isCoarse = sample.resolutionMs >= COARSE_MS
  }
  return clockOffset(samples, clock)
}

/** What a greeting says of the registry's clock: the answer to a hello, or the one that begins a session. Undefined without a time. */
export function sampleOf(exchange: Exchange): ClockSample | undefined {
  if (exchange.kind !== 'answered' || exchange.message.kind !== 'greeting') return undefined
  const { serverDate } = exchange.message.greeting
  if (serverDate === undefined) return undefined
  const { sentAtMs, answeredAtMs } = exchange
  const { date, resolutionMs } = serverDate
  return { sentAtMs, answeredAtMs, serverUnixMs: date.getTime(), resolutionMs }
}

/** Waits until a hello would arrive in the middle of the time in which the registry's clock may change. */
async function pauseUntilChange(clock: Clock, samples: readonly ClockSample[]): Promise<void> {
  const { from, to } = arrivalOf(samples)
  const resolutionMs = samples[0]?.resolutionMs ?? 0
  const arrivesMs = clock.nowMs() + (from + to) / 2
  const { promise, resolve } = Promise.withResolvers<void>()
  clock.after(resolutionMs - (arrivesMs % resolutionMs), resolve)
  await promise
}
