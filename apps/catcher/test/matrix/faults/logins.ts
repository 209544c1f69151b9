import { type FaultKind, faultMoments, orderFault } from '../../../../registry-sim/src/registry/faults.ts'
import { closeWorld, openWorld, violationsIn } from '../world/world.ts'
import { type Cell, recover, TRIAL_MS_MAX } from './cell.ts'

/** Late, and later than the client waits for a login. */
const SLOW_MS = [2_000, 20_000] as const
const LENGTHS_OFF = [7, -3] as const

/**
 * One login is injected, or the greeting before it; the pool comes to its sessions all the same, and the registry never
 * counts one too many.
 */
export async function runLogin(cell: Cell, seed: number): Promise<void> {
  const which = seed % 2
  const world = await openWorld({
    seed,
    registry: {},
    profile: 'generic',
    limits: { sessionsMax: 3, commandsPerSecondMax: 40, idleSecondsMax: 600 },
    prepare: (registry) =>
      void orderFault(registry.faults, {
        kind: cell.fault,
        on: 'any',
        commands: [faultMoments[cell.fault] === 'greeting' ? 'connect' : 'login'],
        count: 1,
        probability: 1,
        delayMs: SLOW_MS[which],
        lengthOff: LENGTHS_OFF[which],
        skewMs: 3_600_000,
      }),
  })
  cell.runs += 1
  cell.injected += world.registry.faults.faults[0]?.injected ?? 0
  await world.time.until(recover(world), TRIAL_MS_MAX)
  cell.done += 1
  cell.asked += world.events.filter(({ kind }) => kind === 'session_refused').length
  for (const [rule, count] of Object.entries(violationsIn(world))) cell.wrong.push(`${rule} broken ${count}×`)
  await closeWorld(world)
}

/** Every fault can injectFault a login or what comes before it. */
export const loginFaults = Object.keys(faultMoments).filter((kind): kind is FaultKind =>
  Object.hasOwn(faultMoments, kind),
)
