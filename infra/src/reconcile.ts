import { runMain } from '@droplock/settings/run-main'
import { readConfig, runReconcile, writeFinding, writeResult } from './reconcile/run-reconcile.ts'

// `npm run reconcile`: a line for each finding, then one JSON object. Exit code 1 when something is unmatched, or could not
// be read or started; 2 when another run is under way.

const say = (line: string) => void process.stdout.write(`${line}\n`)

await runMain('reconcile', async () => {
  const result = await runReconcile(readConfig(process.env), (finding) => say(writeFinding(finding)))
  if (result === undefined) {
    process.stderr.write('reconcile: another run is under way\n')
    process.exitCode = 2
    return
  }
  for (const reason of result.unread) say(`not read: ${reason}`)
  for (const account of result.withoutReport) say(`no account report is set for ${account}`)
  say(writeResult(result))
  process.exitCode = result.unmatched > 0 || result.unread.length > 0 ? 1 : 0
})
