import type { Fate, Statement } from '@droplock/core/testing/simulated-connections'
import type { Random } from '../../../../registry-sim/src/random.ts'
import type { Scenario } from './scenario.ts'
import type { Trace } from './trace.ts'

/** A statement or an answer that is slow takes this long at least, and at most so much longer. Milliseconds. */
const SLOW_MS_MIN = 100
const SLOW_MS_MORE = 6_000

/** Draws what happens to a statement. `isFaulty`: the time of faults is not over. */
export function drawFate(
  { client, text }: Statement,
  { lost, deadlock, slow }: Scenario['databaseFaults'],
  { random, trace, isFaulty }: { readonly random: Random; readonly trace: Trace; readonly isFaulty: boolean },
): Fate {
  const fate: Fate = { arrivesMs: 0.1 + random(), answeredMs: 0.1 + random(), kind: 'carried_out' }
  const draw = random()
  if (!isFaulty || draw >= lost + deadlock + slow) return fate
  const of = `${client}: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 60)}`
  if (draw < lost + deadlock) {
    const kind = draw < lost / 2 ? 'lost_before' : draw < lost ? 'lost_after' : 'deadlock'
    // What gives its locks back waits for none.
    if (kind === 'deadlock' && text.trim() === 'rollback') return fate
    trace.fault(`database ${kind.replace('_', ' ')}`, of)
    return { ...fate, kind }
  }
  const slowMs = SLOW_MS_MIN + SLOW_MS_MORE * random() ** 4
  trace.fault('database slow', `${slowMs.toFixed(0)} ms, ${of}`)
  return random() < 0.5 ? { ...fate, arrivesMs: slowMs } : { ...fate, answeredMs: slowMs }
}
