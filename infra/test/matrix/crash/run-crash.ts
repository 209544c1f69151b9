import type { TrustCell } from '@droplock/core/testing/trust-result'
import { type Tell, tellWrong } from '../service/tell-wrong.ts'
import type { Cell } from './cells.ts'
import type { FailPoint } from './fail-points.ts'
import { judge } from './judge.ts'
import { makeRound, type Phase, phases, type Round } from './round.ts'
import { said } from './said.ts'
import type { Stage } from './stage.ts'

/** Runs all cells, as many in a round as can be, and judges everything after each round. */
export async function runCells(
  stage: Stage,
  cells: readonly Cell[],
  tell: Tell,
  refundPercent = 100,
): Promise<readonly TrustCell[]> {
  const found: TrustCell[] = []
  const rounds = planRounds(cells)
  const whole: string[] = []
  for (const [index, planned] of rounds.entries()) {
    const fromMs = performance.now()
    const result = await playRound(stage, index, planned, refundPercent)
    found.push(...result.cells)
    whole.push(...result.violations)
    const seconds = ((performance.now() - fromMs) / 1_000).toFixed(1)
    tell(`round ${index + 1} of ${rounds.length}: ${planned.length} kills, ${seconds} s`)
    const log = stage.said()
    const wrong = [
      ...result.cells.flatMap(({ fault, step, violations }) =>
        violations.map((what) => `${fault}, ${step}: ${what}`),
      ),
      ...result.violations,
    ]
    tellWrong(tell, `round ${index + 1}`, wrong, log)
  }
  if (rounds.length === 0) return []
  return [
    ...merged(found),
    { fault: 'all of a round', step: 'history, books, registry', runs: rounds.length, violations: whole },
  ]
}

/**
 * In one phase of a round each process is killed at most once: the end of a transaction shows where it was. PostgreSQL is killed alone,
 * because it takes all fail points with it. A list comes from an operator or from the folder.
 */
export function planRounds(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const rounds: Cell[][] = []
  for (const cell of cells) {
    const fits = rounds.find((round) => round.every((other) => canBeTogether(cell, other)))
    if (fits === undefined) rounds.push([cell])
    else fits.push(cell)
  }
  return rounds
}

function canBeTogether(one: Cell, other: Cell): boolean {
  if (one.phase !== other.phase) return true
  const victims = new Set([one.victim, other.victim])
  return one.isUploaded === other.isUploaded && victims.size === 2 && !victims.has('postgres')
}

type Played = { readonly cells: readonly TrustCell[]; readonly violations: readonly string[] }

async function playRound(
  stage: Stage,
  index: number,
  planned: readonly Cell[],
  refundPercent: number,
): Promise<Played> {
  const isUploaded = planned.some((cell) => cell.isUploaded === true)
  const round = makeRound(stage, index, { isUploaded, refundPercent })
  const cells: TrustCell[] = []
  try {
    for (const phase of phases) cells.push(...(await playPhase(stage, round, phase, planned)))
  } catch (error) {
    if (error instanceof PhaseFailed) cells.push(...error.cells)
    return { cells, violations: [`round ${index + 1} ended: ${said(error)}`, ...(await judge(stage))] }
  }
  return { cells, violations: await judge(stage) }
}

async function playPhase(
  stage: Stage,
  round: Round,
  phase: Phase,
  planned: readonly Cell[],
): Promise<readonly TrustCell[]> {
  const here = planned.filter((cell) => cell.phase === phase)
  const armed = await Promise.all(here.map(async (cell) => ({ cell, point: await cell.arm(stage, round) })))
  const killing = armed.map(async ({ cell, point }) => ({
    fault: `kill -9 ${cell.victim} ${cell.moment}`,
    step: cell.step,
    runs: 1,
    violations: await strike(stage, cell, point),
  }))
  // What fails is said when all have ended: none of them is left at work.
  const [work] = await Promise.allSettled([round.run(phase), ...killing])
  const killed = await Promise.all(killing)
  if (work.status === 'rejected') throw new PhaseFailed(`${phase}: ${said(work.reason)}`, killed)
  return killed
}

class PhaseFailed extends Error {
  readonly cells: readonly TrustCell[]
  constructor(message: string, cells: readonly TrustCell[]) {
    super(message)
    this.cells = cells
  }
}

/** Waits until the step is reached, kills, and has the rest go on. What is wrong with it. */
async function strike(stage: Stage, { victim, moment }: Cell, point: FailPoint): Promise<readonly string[]> {
  const isReached = await point.isReached()
  if (isReached) {
    // Stopped before the transaction is carried out, it hears nothing of it.
    if (moment === 'after commit' && victim !== 'postgres') stage.freeze(victim)
    if (moment === 'after commit') await point.letEnd()
    await stage.kill(victim)
    // What waited in PostgreSQL ended with it.
    if (moment === 'before commit' && victim !== 'postgres') await point.letEnd()
    await stage.passMinute()
  }
  const wrong = await point.remove()
  return isReached ? wrong : ['nobody came there']
}

/** The same cell of several runs as one. */
function merged(cells: readonly TrustCell[]): readonly TrustCell[] {
  const byName = Map.groupBy(cells, ({ fault, step }) => `${fault}, ${step}`)
  return [...byName.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const violations = same.flatMap((each) => each.violations)
    return [{ ...first, runs: same.length, violations }]
  })
}
