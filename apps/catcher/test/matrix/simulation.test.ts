import { SimulatedServer } from '@droplock/core/testing/simulated-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { controls } from './simulation/controls.ts'
import { runControl } from './simulation/run-simulations.ts'
import { drawScenario } from './simulation/scenario.ts'
import { simulate } from './simulation/simulation.ts'

/** A share of `npm run trust -- simulation`. */
const SEEDS = 12
const FIRST_SEED = 1

let server: SimulatedServer

beforeAll(async () => {
  server = await SimulatedServer.open()
})

const traceOf = async (seed: number) => (await simulate(server, drawScenario(seed))).hash

afterAll(async () => {
  await server.close()
})

test(`drops of ${SEEDS} seeds, with faults of everything around the catchers, break no promise`, async () => {
  const broken: string[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
    const { violations } = await simulate(server, drawScenario(seed))
    for (const { what } of violations) broken.push(`seed ${seed}: ${what}`)
  }
  expect(broken).toEqual([])
})

test('a seed gives the same trace each time, another seed another one', async () => {
  const first = await traceOf(2)
  expect(await traceOf(3)).not.toBe(first)
  expect(await traceOf(2)).toBe(first)
})

test.each(controls)('it is noticed when $name', async (control) => {
  expect(await runControl(server, control, FIRST_SEED)).toMatchObject({ caught: true })
})
