import { allProfiles, type Effort, type ProfileHour, runProfile } from './profiles/run-profile.ts'

// `npm run trust -- profiles [SECONDS]`: at each kind of registry, an hour of simulated catching at full strength, and one
// with nothing to do.

const forMs = Number(process.argv[2] ?? '3600') * 1_000

function mistakesIn({ violations, lost, refused }: ProfileHour): readonly string[] {
  const broken = Object.entries(violations).map(([rule, count]) => `${rule} broken ${count}×`)
  return [...broken, ...new Set(lost), ...new Set(refused)]
}

function lineOf(hour: ProfileHour, effort: Effort): string {
  const { creates, won, lost, refused, unknown } = hour.caught
  const figures = [hour.commands, creates, won, lost, refused, unknown]
  const peaks = [hour.sessionsPeak, hour.commandsPerSecondPeak]
  const cells = [...figures, ...peaks].map((figure) => String(figure).padStart(9))
  const mistakes = mistakesIn(hour).join('; ') || 'none'
  return `${hour.profile.padEnd(14)} ${effort.padEnd(6)} ${cells.join('')}  ${mistakes}`
}

const head = ['commands', 'creates', 'won', 'lost', 'refused', 'unknown', 'sessions', 'a second']
console.log(`${'profile'.padEnd(14)} effort ${head.map((word) => word.padStart(9)).join('')}  broken or lost`)
let wrong = 0
for (const name of allProfiles) {
  for (const effort of ['full', 'none'] as const) {
    const hour = await runProfile(name, forMs, effort)
    wrong += mistakesIn(hour).length
    console.log(lineOf(hour, effort))
  }
}
console.log(
  JSON.stringify({ matrix: 'profiles', profiles: allProfiles.length, seconds: forMs / 1_000, wrong }),
)
process.exitCode = wrong === 0 ? 0 : 1
