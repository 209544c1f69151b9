import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from './demo/arguments.ts'
import { type ListFile, listsAt, sharedLists } from './demo/lists.ts'
import { runMoneyDemo } from './demo/money/run-money-demo.ts'
import { crowdSize } from './demo/money/settings.ts'
import { runDemo } from './demo/run-demo.ts'
import { sampleList } from './demo/sample.ts'
import type { Output } from './launch/output.ts'
import { runCommand } from './launch/run-command.ts'

// `npm run demo`: drop lists, orders, the drop, the settlement; the last line is one JSON object. With `--money`, everything that
// money does.

const SAMPLE_FROM = new Date('2026-03-02T00:00:00Z')

await runCommand(process.stdout, async (output, stop) => {
  const { feeds, money } = readArguments(process.argv.slice(2))
  const { summary, broken } = money
    ? await runMoneyDemo(output, stop, crowdSize)
    : await runWithLists(feeds, output, stop)
  for (const line of broken) output.say(`BROKEN: ${line}`)
  console.log(JSON.stringify(summary))
  return broken.length === 0 ? 0 : 1
})

async function runWithLists(feeds: readonly string[], output: Output, stop: AbortSignal) {
  using lists = findLists(feeds, output)
  return await runDemo(lists.files, output, stop)
}

/** The lists on the command line, or the real ones, or the generated sample. */
function findLists(
  feeds: readonly string[],
  output: Output,
): Disposable & { readonly files: readonly ListFile[] } {
  const files = feeds.length > 0 ? listsAt(feeds) : sharedLists()
  if (files.length > 0) return { files, [Symbol.dispose]: () => undefined }
  output.say('there are no real lists beside this checkout: a generated sample is used')
  const folder = mkdtempSync(join(tmpdir(), 'droplock-sample-'))
  writeFileSync(join(folder, 'sample_domain-drop-list.csv'), sampleList(SAMPLE_FROM))
  return {
    files: listsAt([folder]),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
