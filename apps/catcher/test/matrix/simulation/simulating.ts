import { SimulatedServer } from '@droplock/core/testing/simulated-server'
import { controls } from './controls.ts'
import { type Asked, runControl, type Simulated } from './run-simulations.ts'
import { drawScenario } from './scenario.ts'
import { simulate } from './simulation.ts'

// A process of `runSimulations`: it simulates what it is asked for, and answers.

/** Rows that were deleted keep their place until then. */
const SEEDS_PER_VACUUM = 25

const server = await SimulatedServer.open()
let seeds = 0

process.on('message', (asked: Asked) => {
  const answering = 'seed' in asked ? simulateSeed(asked.seed) : takeAway(asked)
  answering.then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function simulateSeed(seed: number): Promise<Simulated> {
  seeds += 1
  if (seeds % SEEDS_PER_VACUUM === 0) server.rows('vacuum')
  const { hash, violations, faults } = await simulate(server, drawScenario(seed))
  return { hash, violations, faults: [...faults] }
}

async function takeAway({ control, firstSeed }: Extract<Asked, { readonly control: number }>) {
  const taken = controls[control]
  if (taken === undefined) throw new Error(`there is no protection ${control}`)
  return runControl(server, taken, firstSeed)
}
