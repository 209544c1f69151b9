import { expect, test } from 'vitest'
import { cells } from './crash/cells.ts'
import { crash } from './crash/crash.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

/** One of each phase, each process at least once, each moment. `npm run trust -- crash` has all. */
const few = [
  'publish: names are listed, worker before commit',
  'place: a name is ordered, and the answer stored, postgres after commit',
  'pay: an event of the provider comes, gateway after commit',
  'pay: an order is secured, worker before commit',
  'fire: the registry has registered the name, catcher before the answer',
  'refund: it is approved, console-api after commit',
  'refund: the provider has paid it, worker before the answer',
  'webhook: it is delivered, worker after commit',
] as const

test('processes that are killed with -9 in the middle of an order’s life lose nothing and do nothing twice', {
  timeout: 240_000,
}, async () => {
  const wanted = few.map((name) => {
    const cell = cells.find(({ step, victim, moment }) => `${step}, ${victim} ${moment}` === name)
    if (cell === undefined) throw new Error(`there is no cell "${name}"`)
    return cell
  })
  const told: string[] = []
  const plan = { times: 1, randomKills: 0, seed: 1, controls: 'none', cells: wanted } as const
  const { cells: tried, kills } = await crash(plan, (line) => told.push(line))
  expect(
    tried.flatMap(({ violations }) => violations),
    told.join('\n'),
  ).toEqual([])
  expect(kills).toBe(few.length)
})
