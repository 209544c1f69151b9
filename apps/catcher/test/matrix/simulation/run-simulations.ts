import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { SimulatedServer } from '@droplock/core/testing/simulated-server'
import type { TrustCell, TrustControl, TrustResult } from '@droplock/core/testing/trust-result'
import { type Control, controls } from './controls.ts'
import { drawScenario } from './scenario.ts'
import { simulate } from './simulation.ts'
import type { Trace } from './trace.ts'

/** How far a run goes: from `firstSeed` on, until so many faults have happened. */
type Extent = { readonly firstSeed: number; readonly faultsMin: number }

/** The run, and in how many of the seeds something was wrong. */
type SimulationRun = TrustResult & { readonly seeds: number }

/** What a process is asked for: the drop of a seed, or one protection, by its number, to be taken away. */
export type Asked = { readonly seed: number } | { readonly control: number; readonly firstSeed: number }

/** What it answers of a seed. */
export type Simulated = Pick<Trace, 'hash' | 'violations'> & {
  readonly faults: readonly (readonly [cell: string, count: number])[]
}

/**
 * Simulates drops, then the same with each protection taken away, in as many processes as there are cores. What a seed shows does not depend on
 * them. `report` is called with every seed.
 */
export async function runSimulations(
  { firstSeed, faultsMin }: Extent,
  report: (seed: number, simulated: Simulated) => void,
): Promise<SimulationRun> {
  const cells = new Map<string, { runs: number; violations: string[] }>()
  const cellOf = (name: string) => {
    const cell = cells.get(name) ?? { runs: 0, violations: [] }
    cells.set(name, cell)
    return cell
  }
  let [seeds, faults] = [0, 0]
  const caught: TrustControl[] = []
  const left = [...controls.keys()]
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      using simulating = startProcess()
      while (faults < faultsMin) {
        const seed = firstSeed + seeds
        seeds += 1
        const simulated = await simulating.ask<Simulated>({ seed })
        report(seed, simulated)
        for (const [cell, count] of simulated.faults) {
          cellOf(cell).runs += count
          faults += count
        }
        for (const { fault, step, what } of simulated.violations)
          cellOf(`${fault}|${step}`).violations.push(`seed ${seed}: ${what}`)
      }
      for (let control = left.shift(); control !== undefined; control = left.shift())
        caught[control] = await simulating.ask<TrustControl>({ control, firstSeed })
    }),
  )
  return {
    trust: 'simulation',
    cells: [...cells].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(toCell),
    controls: caught,
    simulatedFaults: faults,
    seed: firstSeed,
    seeds,
  }
}

/** A process of `simulating.ts`, which is asked one thing after the other. */
function startProcess() {
  const child = fork(join(import.meta.dirname, 'simulating.ts'))
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('a process that simulates ended')))
  ended.catch(() => undefined)
  return {
    ask: async <Answer>(asked: Asked): Promise<Answer> => {
      child.send(asked)
      const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer]
      return answer
    },
    [Symbol.dispose]: () => void child.kill(),
  }
}

function toCell([name, cell]: readonly [string, { runs: number; violations: readonly string[] }]): TrustCell {
  const [fault = '', step = ''] = name.split('|')
  return { fault, step, ...cell }
}

/** Whether the checks notice within its number of seeds that a protection is missing. */
export async function runControl(
  server: SimulatedServer,
  control: Control,
  firstSeed: number,
): Promise<TrustControl> {
  let tried = 0
  for (let seed = control.fromSeed ?? firstSeed; tried < control.seedsMax; seed += 1) {
    const scenario = drawScenario(seed)
    if (control.kind !== undefined && scenario.kind !== control.kind) continue
    tried += 1
    const { violations } = await simulate(server, scenario, { control })
    if (violations.some(({ what }) => control.found.test(what)))
      return {
        name: `${control.name} (seed ${seed}, the ${tried}. of at most ${control.seedsMax})`,
        caught: true,
      }
  }
  return { name: `${control.name} (${tried} seeds)`, caught: false }
}
