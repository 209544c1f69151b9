import { setTimeout as delay } from 'node:timers/promises'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { type FaultTarget, faultMoments } from '../../../../registry-sim/src/registry/faults.ts'
import type { SimulatorProcess } from './simulator.ts'
import { mayHavePremium } from './trial.ts'

/** No oftener, so that most of the time most sessions serve. */
const SPACING_MS_MIN = 1_500

/** Late, and within what the client waits for. */
const SLOW_MS = 2_000
/** As a clock that was set would be off; several hellos are compared. */
const SKEW_MS = 200

export type Span = { readonly startMs: number; readonly forMs: number }

type FaultOrder = {
  readonly kind: string
  readonly commands: readonly [FaultTarget]
  /** Only where it would be answered so. */
  readonly code?: number
  readonly names?: readonly string[]
}

/** The faults that injectFault commands; those that end a session last, so that what waits for a login meets one. */
export const commandFaults: readonly string[] = Object.entries(faultMoments)
  .filter(([, moment]) => moment !== 'greeting')
  .map(([kind]) => kind)
  .toReversed()

/** A message comes with 1301, and its acknowledgement is answered 1000. RFC 5730 §2.9.2.3. */
const polls: readonly Omit<FaultOrder, 'kind'>[] = [
  { commands: ['poll'], code: 1301 },
  { commands: ['poll'], code: 1000 },
]

/**
 * What a catcher sends for names that drop: checks of the fee where names can be premium, polls where they tell the award. Renewals
 * and contacts are injected as they are asked for. Most faults need a command, and so no greeting is injected by them; a banner comes
 * in the place of the first greeting, not of one that answers a hello.
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

/** Orders the faults one after the other, evenly over the span, as many as there is time for. */
export function orderFaults(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  span: Span,
): Promise<void> {
  return evenly(ordersFor(profile), span, SPACING_MS_MIN, (order) => orderFault(simulator, profile, order))
}

/** Strikes the next command that fits, once. */
export async function orderFault(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  order: FaultOrder,
): Promise<void> {
  const details = { on: 'any', count: 1, delayMs: SLOW_MS, skewMs: SKEW_MS, lengthOff: 7 }
  await simulator.post(profile, 'faults', { ...order, ...details })
}

/** Acts on the items one after the other, evenly over the span; where there is time for a few, on some from everywhere among them. */
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

export type FaultCount = { readonly ordered: number; readonly unstruck: readonly string[] }

/** How many were ordered, and those that injected nothing, by kind and command. */
export async function countFaults(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<FaultCount> {
  const { faults } = JSON.parse(await simulator.get(profile, 'faults')) as { faults: readonly FaultStatus[] }
  const unstruck = faults.filter(({ injected }) => injected === 0)
  return {
    ordered: faults.length,
    unstruck: unstruck.map(({ kind, commands }) => `${kind} on ${commands.join()}`),
  }
}
