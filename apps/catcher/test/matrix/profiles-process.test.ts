import { reportTrust } from '@droplock/core/testing/trust-part'
import type { TrustCell } from '@droplock/core/testing/trust-result'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { expect, test } from 'vitest'
import type { TrialResult } from './process/result.ts'
import { runTrials } from './process/run-trials.ts'
import { allProfiles } from './process/trial.ts'

/** A share of `npm run trust -- profiles-process`: the difficulties of each profile occur within seconds. */
const SECONDS = 20
const SHARE: readonly RegistryProfileId[] = ['verisign-like', 'nz-like', 'dropzone-like']

const given = process.env['DROPLOCK_PROFILE_SECONDS']
const seconds = given === undefined ? SECONDS : Number(given)
const profiles =
  given === undefined
    ? SHARE
    : ((process.env['DROPLOCK_PROFILES']?.split(',') as RegistryProfileId[] | undefined) ?? allProfiles)

/** Time for loading, late decisions and renewals. After that the catcher is ended repeatedly, for as long as names dropped. */
const AROUND_MS = 600_000

test(
  'the catcher’s process breaks no rule of any registry at full strength, under faults, and every outcome and renewal is right',
  async () => {
    const { results, ledger } = await runTrials(profiles, seconds * 1_000)
    console.table(
      results.map(({ ends, wrong, violations, faults, ...figures }) => ({
        ...figures,
        ...ends,
        wrong: wrong.length,
        violations: violations.length,
        faults: faults.ordered,
        uninjected: faults.uninjected.length,
      })),
    )
    const cells = results.map(cellOf)
    const injected = cells.reduce((sum, { runs }) => sum + runs, 0)
    reportTrust({ trust: 'profiles-process', cells, simulatedFaults: injected })
    expect(cells.filter(({ violations }) => violations.length > 0)).toEqual([])
    expect(ledger).toMatchObject({ ledgerSumMinor: { USD: 0n }, unrefundedFailures: 0 })
  },
  2 * seconds * 1_000 + AROUND_MS,
)

function cellOf({ profile, violations, wrong, renewed, faults, ends }: TrialResult): TrustCell {
  const { ordered, uninjected } = faults
  // When the budget is used up, there are no more creates for faults.
  const isShort = given === undefined || ends['waiting'] !== undefined
  const missed = isShort ? [] : uninjected.map((fault) => `never injected: ${fault}`)
  const unrenewed = renewed > 0 ? [] : ['no name was renewed']
  return {
    fault: 'every fault of the registry, in turns',
    step: profile,
    runs: ordered - uninjected.length,
    violations: [...violations, ...wrong, ...unrenewed, ...missed],
  }
}
