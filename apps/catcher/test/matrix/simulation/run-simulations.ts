import { SimulatedServer } from '@droplock/core/testing/simulated-server'
import type { TrustCell, TrustControl, TrustResult } from '@droplock/core/testing/trust-result'
import { type Control, controls } from './controls.ts'
import { drawScenario } from './scenario.ts'
import { simulate } from './simulation.ts'
import type { Trace } from './trace.ts'

/** How far a run goes: so many seeds from `firstSeed`, or until so many faults, or so long. */
export type Extent = {
  readonly firstSeed: number
  readonly seedsMax?: number | undefined
  readonly faultsMin?: number | undefined
  readonly msMax?: number | undefined
}

/** The run, and in how many of the seeds something was wrong. */
export type SimulationRun = TrustResult & { readonly seeds: number }

/** Rows that were deleted keep their place until then. */
const SEEDS_PER_VACUUM = 25

/** Simulates drops, then the same with each protection taken away. `report` is called with every seed. */
export async function runSimulations(
  extent: Extent,
  report: (seed: number, trace: Trace) => void = () => undefined,
): Promise<SimulationRun> {
  const { firstSeed, seedsMax = Infinity, faultsMin = Infinity, msMax = Infinity } = extent
  const server = await SimulatedServer.open()
  const fromMs = performance.now()
  const cells = new Map<string, { runs: number; violations: string[] }>()
  const cellOf = (name: string) => {
    const cell = cells.get(name) ?? { runs: 0, violations: [] }
    cells.set(name, cell)
    return cell
  }
  let [seeds, faults] = [0, 0]
  while (seeds < seedsMax && faults < faultsMin && performance.now() - fromMs < msMax) {
    const seed = firstSeed + seeds
    seeds += 1
    if (seeds % SEEDS_PER_VACUUM === 0) server.rows('vacuum')
    const trace = await simulate(server, drawScenario(seed))
    report(seed, trace)
    for (const [cell, count] of trace.faults) {
      cellOf(cell).runs += count
      faults += count
    }
    for (const { fault, step, what } of trace.violations)
      cellOf(`${fault}|${step}`).violations.push(`seed ${seed}: ${what}`)
  }
  const caught: TrustControl[] = []
  for (const control of controls) caught.push(await runControl(server, control, firstSeed))
  return {
    trust: 'simulation',
    cells: [...cells].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(toCell),
    controls: caught,
    simulatedFaults: faults,
    seed: firstSeed,
    seeds,
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
