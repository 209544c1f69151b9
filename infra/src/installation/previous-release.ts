import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { runProgram } from '../processes/run-program.ts'

const migrations = 'packages/core/migrations'

/** The guide has the gateways stopped for the update of a release without it: none from before it is tried. */
const oldest = '0098_rows_of_accounts.sql'

/**
 * The release that an update starts from: the newest tag `v…` before this commit. As long as there is none, the newest commit that lacks nothing
 * but the last migrations, or else the one before this. `undefined` where the history is not here.
 */
async function findPrevious(): Promise<string | undefined> {
  const tag = await git('describe', '--tags', '--abbrev=0', '--match=v*', 'HEAD^')
  if (tag !== undefined) return tag
  const ours = await migrationsOf('HEAD')
  const commits = await git('log', '--full-history', '--format=%H', '--', migrations)
  for (const commit of commits?.split('\n') ?? []) {
    const theirs = await migrationsOf(`${commit}^`)
    // Two branches may have added some in another order than that of their numbers: no release was like that.
    const isLike = theirs.length < ours.length && theirs.every((name, index) => name === ours[index])
    if (isLike && theirs.includes(`${migrations}/${oldest}`)) return `${commit}^`
  }
  return git('rev-parse', '--verify', '--quiet', 'HEAD^')
}

async function migrationsOf(commit: string): Promise<readonly string[]> {
  return (await git('ls-tree', '--name-only', commit, `${migrations}/`))?.split('\n') ?? []
}

/** Puts the previous release into a new folder within `folder`, and installs it. Resolves with `undefined` where the history is not here. */
export async function installPrevious(folder: string, signal: AbortSignal): Promise<string | undefined> {
  const previous = await findPrevious()
  if (!previous) return undefined
  const release = join(folder, 'previous')
  const archive = join(folder, 'previous.tar')
  mkdirSync(release)
  await run(['git', 'archive', `--output=${archive}`, previous], repositoryRoot, signal)
  await run(['tar', '-xf', archive, '-C', release], folder, signal)
  await run([process.execPath, 'infra/bootstrap.mjs'], release, signal)
  return release
}

/** What git says, without the last line feed; `undefined` where it refuses. */
async function git(...args: readonly string[]): Promise<string | undefined> {
  const { code, out } = await runProgram(['git', ...args], { cwd: repositoryRoot, output: 'kept' })
  return code === 0 ? out.trim() : undefined
}

async function run(command: readonly [string, ...string[]], cwd: string, signal: AbortSignal): Promise<void> {
  const { code, err } = await runProgram(command, { cwd, output: 'kept', signal })
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${err.trim()}`)
}
