import { setTimeout as delay } from 'node:timers/promises'
import type { RegistryProfileId } from '@droplock/rules/registries/profiles'
import { type FaultTarget, faultMoments } from '../../../../registry-sim/src/registry/fault-kinds.ts'
import type { SimulatorProcess } from './simulator.ts'

/** No oftener, so that most of the time most sessions serve. */
const SPACING_MS_MIN = 2_000

/** Late, and within what the client waits for. */
const SLOW_MS = 2_000
/** As a clock that was set would be off; several hellos are compared. */
const SKEW_MS = 200

/** What a catcher sends at a full drop; polls where the award is told by them. */
function commandsOf(profile: RegistryProfileId): readonly FaultTarget[] {
  const all: readonly FaultTarget[] = ['create', 'info', 'login']
  return profile === 'dropzone-like' ? [...all, 'poll'] : all
}

type FaultOrder = { readonly kind: string; readonly commands: readonly FaultTarget[] }

/** Every fault once on every command that it can strike. */
function ordersFor(profile: RegistryProfileId): readonly FaultOrder[] {
  return Object.entries(faultMoments).flatMap(([kind, moment]): readonly FaultOrder[] => {
    if (kind === 'skewed_sv_date') return [{ kind, commands: ['hello', 'connect'] }]
    if (moment === 'greeting') return [{ kind, commands: ['connect'] }]
    return commandsOf(profile).map((command) => ({ kind, commands: [command] }))
  })
}

/** Orders faults one after the other, evenly over `forMs`, as many as there is time for. Returns how many. */
export async function orderFaults(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  startMs: number,
  forMs: number,
): Promise<number> {
  const orders = ordersFor(profile)
  const count = Math.min(orders.length, Math.floor(forMs / SPACING_MS_MIN))
  for (let ordered = 0; ordered < count; ordered += 1) {
    await delay(Math.max(0, startMs + (ordered * forMs) / count - Date.now()))
    // Where there is time for a few, they are of every kind.
    const order = orders[Math.floor((ordered * orders.length) / count)]
    const details = { on: 'any', count: 1, delayMs: SLOW_MS, skewMs: SKEW_MS, lengthOff: 7 }
    await simulator.post(profile, 'faults', { ...order, ...details })
  }
  return count
}

type Told = { readonly kind: string; readonly commands: readonly string[]; readonly struck: number }

/** The faults that struck nothing, by kind and command. */
export async function unstruck(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<readonly string[]> {
  const { faults } = JSON.parse(await simulator.get(profile, 'faults')) as { faults: readonly Told[] }
  return faults
    .filter(({ struck }) => struck === 0)
    .map(({ kind, commands }) => `${kind} on ${commands.join()}`)
}
