import { runAdmin } from '../../../src/admin/run-admin.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

type Printed = Readonly<Record<string, unknown>> & { readonly id: string }

/** `npm run admin` in this process, on a database. */
export function adminOn(url: string, mode: 'test' | 'live' = 'test') {
  const run = async (args: readonly string[]) => {
    const written = { out: '', err: '' }
    const code = await runAdmin(
      args,
      { DATABASE_URL: url, DATABASE_MODE: mode },
      {
        out: (text) => (written.out += text),
        err: (text) => (written.err += text),
      },
    )
    return { code, ...written }
  }
  const done = async (args: readonly string[]): Promise<unknown> => {
    const { code, out, err } = await run([...args, '--json'])
    if (code !== 0) throw new Error(err)
    return JSON.parse(out)
  }
  return {
    run: (...args: readonly string[]) => run(args),
    /** What the verb did, one thing. */
    one: async (...args: readonly string[]) => (await done(args)) as Printed,
    /** What the verb lists. */
    list: async (...args: readonly string[]) => (await done(args)) as readonly Printed[],
    /** What it was refused as: code and facts. */
    refused: async (...args: readonly string[]): Promise<unknown> => {
      const { code, err } = await run([...args, '--json'])
      return { exit: code, ...JSON.parse(err) }
    },
  }
}
