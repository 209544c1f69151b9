import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Arguments, readArguments, UsageError } from './demo/arguments.ts'
import { type ListFile, listsAt, sharedLists } from './demo/lists.ts'
import { type MoneyResult, runMoneyDemo } from './demo/money/run-money-demo.ts'
import { crowdSize } from './demo/money/settings.ts'
import { type Result, runDemo } from './demo/run-demo.ts'
import { sampleList } from './demo/sample.ts'
import { makeDemoOutput } from './launch/output.ts'
import { stopSignals } from './launch/stop-signals.ts'

// `npm run demo`: drop lists, orders, the drop, the settlement; the last line is one JSON object. With `--money`, all that money does.

/** How a shell tells that Ctrl-C ended a command. */
const interruptedCode = 130
const sampleFrom = new Date('2026-03-02T00:00:00Z')

const output = makeDemoOutput(process.stdout)
const { drain, hurry } = stopSignals(output)
hurry.addEventListener('abort', () => process.exit(interruptedCode))

try {
  const { summary, broken } = await play(readArguments(process.argv.slice(2)))
  for (const line of broken) output.say(`BROKEN: ${line}`)
  console.log(JSON.stringify(summary))
  process.exitCode = broken.length === 0 ? 0 : 1
} catch (error) {
  if (drain.aborted) {
    output.say('stopped; nothing is left running')
    process.exitCode = interruptedCode
  } else {
    console.error(error instanceof UsageError ? error.message : error)
    process.exitCode = 1
  }
}

async function play({ feeds, money }: Arguments): Promise<Result | MoneyResult> {
  if (money) return runMoneyDemo(output.say, output, drain, crowdSize)
  using lists = findLists(feeds)
  return await runDemo(lists.files, output.say, output, drain)
}

/** The lists on the command line, or the real ones, or the generated sample. */
function findLists(feeds: readonly string[]): Disposable & { readonly files: readonly ListFile[] } {
  const files = feeds.length > 0 ? listsAt(feeds) : sharedLists()
  if (files.length > 0) return { files, [Symbol.dispose]: () => undefined }
  output.say('there are no real lists beside this checkout: a generated sample is used')
  const folder = mkdtempSync(join(tmpdir(), 'droplock-sample-'))
  writeFileSync(join(folder, 'sample_domain-drop-list.csv'), sampleList(sampleFrom))
  return {
    files: listsAt([folder]),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
