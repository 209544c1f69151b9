import { runMain } from '../src/run-main.ts'
import { BadConfig } from '../src/values.ts'

// A process that fails as its argument says, with an open timer that would keep it alive.
const failures: Readonly<Record<string, () => Error>> = {
  config: () => new BadConfig('app: PORT: is none'),
  other: () => new Error('the port is taken'),
  wordless: () => new RangeError(),
}
setInterval(() => undefined, 60_000)
await runMain('app', async () => {
  const failure = failures[process.argv[2] ?? '']
  if (failure !== undefined) throw failure()
})
