import { type FaultKind, faultMoments, orderFault } from '../../../../registry-sim/src/registry/faults.ts'
import { closeWorld, openWorld, violationsIn } from '../world/world.ts'
import { type Cell, recover, TRIAL_MS_MAX } from './cell.ts'

/** A delay, and one that is longer than the client waits for a login. */
const SLOW_MS = [2_000, 20_000] as const
const LENGTHS_OFF = [7, -3] as const

/**
 * A fault in one login, or in the greeting before it: the pool still opens all its sessions, and the registry never
 * counts too many.
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

/** Every fault can be injected into a login or the greeting before it. */
export const loginFaults = Object.keys(faultMoments).filter((kind): kind is FaultKind =>
  Object.hasOwn(faultMoments, kind),
)
