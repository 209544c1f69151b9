import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { standInSettings } from './config.ts'
import { writePage } from './report/page.ts'
import { plotsOf } from './report/plots.ts'
import { readRun } from './report/read-run.ts'
import { judgeRun } from './report/verdict.ts'
import { refusedCode } from './run/refuse-result.ts'

// `node report.ts FOLDER`: makes report.html of what a run has left in its folder. Exit code 98: the generator was at its limit, so
// that the figures are no result.

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: report.ts FOLDER')
const data = await readRun(folder)
const verdict = judgeRun(data)
writeFileSync(join(folder, 'report.html'), writePage(data, verdict, plotsOf(data)))
// The stand-in has said so itself.
if (data.run.engine === 'k6')
  for (const reason of verdict.reasons) process.stderr.write(`refused as a result: ${reason}\n`)
if (verdict.kind === 'refused' && !standInSettings().acceptBusy) process.exitCode = refusedCode
