import { BadConfig } from './values.ts'

/** Runs an app's main. An error becomes one line on standard error and exit code 1. */
export async function runMain(app: string, main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`${error instanceof BadConfig ? error.message : `${app}: ${reasonOf(error)}`}\n`)
    process.exitCode = 1
    // Pools and servers may be open. Not at once: if the reader of the log is gone, the logger must first get that error, or its
    // last flush never ends.
    setImmediate(() => process.exit(1))
  }
}

/** Some errors have only a name. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error)
}
