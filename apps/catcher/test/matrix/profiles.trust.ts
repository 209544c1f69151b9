import { readTrustArguments } from '@droplock/core/testing/trust-part'
import { printTrust, type TrustCell } from '@droplock/core/testing/trust-result'
import { allProfiles, type Effort, type ProfileHour, runProfile } from './profiles/run-profile.ts'

// `npm run trust -- profiles [SECONDS] [--seed N]`: at each kind of registry, an hour of simulated catching at full strength, and one
// with nothing to do.

const { figure: seconds, seed } = readTrustArguments({ share: 600, full: 3_600 })

const head = ['commands', 'creates', 'won', 'lost', 'refused', 'unknown', 'sessions', 'a second']
console.log(`${'profile'.padEnd(14)} effort ${head.map((word) => word.padStart(9)).join('')}`)
const cells: TrustCell[] = []
for (const name of allProfiles) {
  for (const effort of ['full', 'none'] as const) {
    const hour = await runProfile(name, seconds * 1_000, effort, seed)
    console.log(lineOf(hour, effort))
    const fault = effort === 'full' ? 'full strength' : 'nothing to do'
    cells.push({ fault, step: name, runs: 1, violations: mistakesIn(hour) })
  }
}
printTrust({ trust: 'profiles', cells, seed })

function mistakesIn({ violations, lost, refused }: ProfileHour): readonly string[] {
  const broken = Object.entries(violations).map(([rule, count]) => `${rule} broken ${count}×`)
  return [...broken, ...new Set(lost), ...new Set(refused)]
}

function lineOf(hour: ProfileHour, effort: Effort): string {
  const { creates, won, lost, refused, unknown } = hour.caught
  const figures = [hour.commands, creates, won, lost, refused, unknown]
  const peaks = [hour.sessionsPeak, hour.commandsPerSecondPeak]
  return `${hour.profile.padEnd(14)} ${effort.padEnd(6)} ${[...figures, ...peaks].map((figure) => String(figure).padStart(9)).join('')}`
}
