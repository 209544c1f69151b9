import { parseArgs } from 'node:util'
import { SimulatedServer } from '@droplock/core/testing/simulated-server'
import { printTrust } from '@droplock/core/testing/trust-result'
import { runSimulations } from './simulation/run-simulations.ts'
import { drawScenario } from './simulation/scenario.ts'
import { simulate } from './simulation/simulation.ts'

// `npm run trust -- simulation`: drops in a simulated world until 100,000 faults have happened (`--faults N`), from `--from SEED` on, in
// as many processes as there are cores. Where all parts run it is the same. `--seed N` repeats one drop and prints what happens, step by step.

const { values } = parseArgs({
  options: {
    share: { type: 'boolean' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    faults: { type: 'string', default: '100000' },
  },
})

if (values.seed === undefined) {
  const extent = { firstSeed: Number(values.from), faultsMin: Number(values.faults) }
  const result = await runSimulations(extent, (seed, { violations, hash }) => {
    for (const { what } of violations.slice(0, 3)) console.log(`seed ${seed} (trace ${hash}): ${what}`)
  })
  console.log(`${result.seeds} seeds from ${extent.firstSeed}`)
  printTrust(result)
} else {
  const trace = await simulate(await SimulatedServer.open(), drawScenario(Number(values.seed)), {
    print: console.log,
  })
  console.log(`trace ${trace.hash}, ${trace.violations.length} violations`)
  process.exitCode = trace.violations.length === 0 ? 0 : 1
}
// The database's memory would keep the process alive.
process.exit()
