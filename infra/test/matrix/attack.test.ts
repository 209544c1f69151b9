import { reportTrust } from '@droplock/core/testing/trust-part'
import { expect, test } from 'vitest'
import { tryControls } from './attack/controls.ts'
import { runAttacks } from './attack/run-attacks.ts'
import { onStage } from './attack/stage.ts'
import type { Attacked } from './attack/target.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

const size = process.env['DROPLOCK_ATTACK'] === 'whole' ? 'whole' : 'share'

test('no attack ends a process, is answered with a 5xx, shows anything, keeps memory or connections, or keeps a good client out', {
  timeout: 900_000,
}, async () => {
  await onStage(async (stage) => {
    const attacked = await runAttacks(stage, size, (each) => {
      if (size === 'whole') console.log(lineOf(each))
    })
    const controls = size === 'whole' ? await tryControls(stage) : []
    reportTrust({ trust: 'attack', cells: attacked, controls })
    expect(attacked.flatMap(violationsOf)).toEqual([])
    expect(controls.filter(({ caught }) => !caught)).toEqual([])
  })
})

function violationsOf({ fault, step, violations }: Attacked): readonly string[] {
  return violations.map((what) => `${fault}, ${step}: ${what}`)
}

/** What an attack did, as one line: memory in MiB, delays of the good client in milliseconds. */
function lineOf({ fault, step, statuses, rssMib, good, quiet, openAfter }: Attacked): string {
  const { before, peak, after } = rssMib
  const delays = (['p50Ms', 'p99Ms'] as const).map(
    (at) => `${at.slice(0, 3)} ${quiet[at].toFixed(0)} → ${good[at].toFixed(0)}`,
  )
  return [
    `${step.padEnd(12)} ${fault.padEnd(44)}`,
    `memory ${[before, peak, after].map((mib) => mib.toFixed(0)).join(' → ')}`,
    `good client ${delays.join(', ')} (${good.asked} requests)`,
    `open ${openAfter}`,
    [...statuses]
      .toSorted()
      .map(([status, times]) => `${status}×${times}`)
      .join(' '),
  ].join('  ')
}
