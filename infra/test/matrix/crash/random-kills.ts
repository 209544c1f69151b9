import { setTimeout as wait } from 'node:timers/promises'
import type { TrustCell } from '@droplock/core/testing/trust-result'
import { seededRandom } from '@droplock/rules/seeded-random'
import { type Tell, tellWrong } from '../service/tell-wrong.ts'
import { judge } from './judge.ts'
import { makeRound, phases, type Round } from './round.ts'
import { said } from './said.ts'
import { type Stage, type Victim, victims } from './stage.ts'

/** Between two kills: the work of a round takes some ten seconds, and a catcher that died waits out its predecessor's lease. */
const PAUSE_MS = { min: 300, max: 3_000 } as const
/** Then a round is left to its end. */
const KILLS_PER_ROUND = 8

/** Rounds in which processes are killed at random moments, by a seed: which one and when does not depend on what happens. */
export async function killAtRandom(
  stage: Stage,
  { kills, seed, firstRound }: { readonly kills: number; readonly seed: number; readonly firstRound: number },
  tell: Tell,
): Promise<readonly TrustCell[]> {
  const random = seededRandom(seed)
  const counts = new Map<Victim, number>(victims.map((victim) => [victim, 0]))
  const violations: string[] = []
  for (let left = kills, index = firstRound; left > 0; left -= KILLS_PER_ROUND, index += 1) {
    const round = makeRound(stage, index)
    const plan = Array.from({ length: Math.min(left, KILLS_PER_ROUND) }, () => ({
      victim: victims[Math.floor(random() * victims.length)] ?? 'gateway',
      afterMs: PAUSE_MS.min + random() * (PAUSE_MS.max - PAUSE_MS.min),
    }))
    const fromMs = performance.now()
    const wrong = await playDisturbed(stage, round, plan)
    for (const { victim } of plan) counts.set(victim, (counts.get(victim) ?? 0) + 1)
    violations.push(...wrong.map((what) => `round ${index + 1}: ${what}`))
    tell(
      `round ${index + 1}: ${plan.map(({ victim }) => victim).join(', ')} killed at random, ${seconds(fromMs)}`,
    )
    tellWrong(tell, `round ${index + 1}`, wrong, stage.said())
  }
  const step = 'at a random moment'
  return [
    ...[...counts].map(([victim, runs]) => ({ fault: `kill -9 ${victim}`, step, runs, violations: [] })),
    {
      fault: 'all of a round with random kills',
      step: 'history, books, registry',
      runs: Math.ceil(kills / KILLS_PER_ROUND),
      violations,
    },
  ]
}

type Planned = { readonly victim: Victim; readonly afterMs: number }

async function playDisturbed(
  stage: Stage,
  round: Round,
  plan: readonly Planned[],
): Promise<readonly string[]> {
  const killing = async () => {
    for (const { victim, afterMs } of plan) {
      await wait(afterMs)
      await stage.kill(victim)
      await stage.passMinute()
    }
  }
  const working = async () => {
    for (const phase of phases) await round.run(phase)
  }
  const ended = await Promise.allSettled([killing(), working()])
  const failed = ended.flatMap((each) => (each.status === 'rejected' ? [said(each.reason)] : []))
  return [...failed, ...(await judge(stage))]
}

const seconds = (fromMs: number) => `${((performance.now() - fromMs) / 1_000).toFixed(1)} s`
