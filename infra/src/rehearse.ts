import { writeFileSync } from 'node:fs'
import { runCommand } from './launch/run-command.ts'
import { readArguments } from './rehearse/arguments.ts'
import { readLiveUrl, runRehearsal } from './rehearse/run-rehearsal.ts'
import { reportOf, writeReport } from './rehearse/write-report.ts'

// `npm run rehearse -- --registry ID`: the drops of a day, against a simulated registry. The report is on standard output. Exit code 1 when
// a name was served worse than expected, or a limit was exceeded.

await runCommand(process.stderr, async (output, stop) => {
  const args = readArguments(process.argv.slice(2))
  const rehearsal = await runRehearsal(readLiveUrl(process.env), args, output, stop)
  for (const line of writeReport(rehearsal)) console.log(line)
  const report = reportOf(rehearsal)
  if (args.out !== undefined) writeFileSync(args.out, `${JSON.stringify(report, undefined, 2)}\n`)
  return report.agreement.worse > 0 || report.violations > 0 ? 1 : 0
})
