import type { RegistryProfileId } from '@droplock/rules/registries'
import { expect, test } from 'vitest'
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
    for (const { profile, ends, renewed, wrong, violations, faults } of results) {
      expect(violations, profile).toEqual([])
      expect(wrong, profile).toEqual([])
      expect(renewed, profile).toBeGreaterThan(0)
      // When the budget is used up, there are no more creates for faults.
      if (given !== undefined && ends['waiting'] === undefined) expect(faults.uninjected, profile).toEqual([])
    }
    expect(ledger).toMatchObject({ ledgerSumMinor: { USD: 0n }, unrefundedFailures: 0 })
  },
  2 * seconds * 1_000 + AROUND_MS,
)
