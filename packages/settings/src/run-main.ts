import { BadConfig } from './values.ts'

/** Runs an app's main; what stops it is one line on standard error, and exit code 1. */
export async function runMain(app: string, main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`${error instanceof BadConfig ? error.message : `${app}: ${reasonOf(error)}`}\n`)
    process.exitCode = 1
    // Pools and servers may be open. Not at once: when the log's reader is gone, the logger must first learn of it, or its
    // last flush never ends.
    setImmediate(() => process.exit(1))
  }
}

/** Some errors say what they are by their name alone. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error)
}
