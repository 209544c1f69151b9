import type { TrustResult } from '@droplock/core/testing/trust-result'
import type { Tell } from '../service/tell-wrong.ts'
import { type Cell, cells } from './cells.ts'
import { tryControls } from './controls.ts'
import { killAtRandom } from './random-kills.ts'
import { planRounds, runCells } from './run-crash.ts'
import { onStage } from './stage.ts'

export type CrashPlan = {
  /** How often each step meets each kill. */
  readonly times: number
  /** Kills at random moments. */
  readonly randomKills: number
  readonly seed: number
  /** Which protections are taken away, too. */
  readonly controls: 'none' | 'quick' | 'all'
  /** Of all. */
  readonly cells?: readonly Cell[]
}

/** The crash matrix: kills at each step, kills at random moments, and protections that are taken away. */
export async function crash(plan: CrashPlan, tell: Tell): Promise<TrustResult> {
  const { times, randomKills, seed, controls, cells: wanted = cells } = plan
  const repeated = Array.from({ length: times }, () => wanted).flat()
  const { found, kills } = await onStage({}, async (stage) => {
    const atSteps = await runCells(stage, repeated, tell)
    const firstRound = planRounds(repeated).length
    const random = { kills: randomKills, seed, firstRound }
    const atRandom = randomKills === 0 ? [] : await killAtRandom(stage, random, tell)
    return { found: [...atSteps, ...atRandom], kills: stage.kills() }
  })
  const tried = controls === 'none' ? { found: [], kills: 0 } : await tryControls(controls, tell)
  return { trust: 'crash', cells: found, controls: tried.found, kills: kills + tried.kills, seed }
}
