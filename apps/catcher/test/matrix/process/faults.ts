import { setTimeout as delay } from 'node:timers/promises'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { type FaultTarget, faultMoments } from '../../../../registry-sim/src/registry/faults.ts'
import type { SimulatorProcess } from './simulator.ts'
import { mayHavePremium } from './trial.ts'

/** Least time between faults, so that most sessions serve most of the time. */
const SPACING_MS_MIN = 1_500

/** A delay that the client waits for. */
const SLOW_MS = 2_000
/** The error of a clock that was set; several hellos are compared. */
const SKEW_MS = 200

export type Span = { readonly startMs: number; readonly forMs: number }

type FaultOrder = {
  readonly kind: string
  readonly commands: readonly [FaultTarget]
  /** Only into a command that would be answered with this code. */
  readonly code?: number
  readonly names?: readonly string[]
}

/** The faults for commands; those that end a session come last, so that faults for logins meet one. */
export const commandFaults: readonly string[] = Object.entries(faultMoments)
  .filter(([, moment]) => moment !== 'greeting')
  .map(([kind]) => kind)
  .toReversed()

/** A poll with a message is answered 1301, and its acknowledgement 1000. RFC 5730 §2.9.2.3. */
const polls: readonly Omit<FaultOrder, 'kind'>[] = [
  { commands: ['poll'], code: 1301 },
  { commands: ['poll'], code: 1000 },
]

/**
 * What a catcher sends about dropping names: fee checks if names can be premium, polls if they report awards. Faults for renewals
 * and contacts are injected when those are ordered. Most faults need a command and do not apply to greetings; a banner replaces
 * the first greeting, not one that answers a hello.
 */
function ordersFor(profile: RegistryProfileId): readonly FaultOrder[] {
  const targets: readonly Omit<FaultOrder, 'kind'>[] = [
    { commands: ['create'] },
    { commands: ['info'] },
    { commands: ['login'] },
    { commands: ['logout'] },
    ...(mayHavePremium(profile) ? [{ commands: ['check'] } as const] : []),
    ...(profile === 'dropzone-like' ? polls : []),
  ]
  return [
    ...commandFaults.flatMap((kind) => targets.map((target) => ({ kind, ...target }))),
    { kind: 'skewed_sv_date', commands: ['hello'] },
    { kind: 'skewed_sv_date', commands: ['connect'] },
    { kind: 'plain_text_banner', commands: ['connect'] },
  ]
}

/** Orders the faults one at a time, evenly over the span, as many as time allows. */
export function orderFaults(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  span: Span,
): Promise<void> {
  return evenly(ordersFor(profile), span, SPACING_MS_MIN, (order) => orderFault(simulator, profile, order))
}

/** Injects a fault once, into the next command that matches. */
export async function orderFault(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  order: FaultOrder,
): Promise<void> {
  const details = { on: 'any', count: 1, delayMs: SLOW_MS, skewMs: SKEW_MS, lengthOff: 7 }
  await simulator.post(profile, 'faults', { ...order, ...details })
}

/** Acts on the items one at a time, evenly over the span. If there is time only for some, they are chosen evenly. */
export async function evenly<Item>(
  items: readonly Item[],
  { startMs, forMs }: Span,
  spacingMsMin: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const count = Math.min(items.length, Math.floor(forMs / spacingMsMin))
  const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * items.length) / count))
  for (const [index, item] of chosen.flatMap((at) => items.slice(at, at + 1)).entries()) {
    await delay(Math.max(0, startMs + (index * forMs) / count - Date.now()))
    await act(item)
  }
}

type FaultStatus = { readonly kind: string; readonly commands: readonly string[]; readonly injected: number }

export type FaultCount = { readonly ordered: number; readonly uninjected: readonly string[] }

/** How many faults were ordered, and those that were never injected, by kind and command. */
export async function countFaults(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<FaultCount> {
  const { faults } = JSON.parse(await simulator.get(profile, 'faults')) as { faults: readonly FaultStatus[] }
  const uninjected = faults.filter(({ injected }) => injected === 0)
  return {
    ordered: faults.length,
    uninjected: uninjected.map(({ kind, commands }) => `${kind} on ${commands.join()}`),
  }
}
