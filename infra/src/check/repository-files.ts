import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'

export type TextFile = { readonly path: string; readonly text: string }

const binary = /\.(png|jpe?g|gif|ico|woff2?|gz|zip|pdf|webp)$/

/**
 * Every file that is committed or is not ignored, by its path in the repository; of binary files only the path. Throws where git is
 * missing.
 */
export function repositoryFiles(): readonly TextFile[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const run = spawnSync('git', args, { cwd: repositoryRoot, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`git ls-files failed: ${run.error?.message ?? run.stderr}`)
  const paths = run.stdout.split('\0').filter((path) => path !== '')
  return paths
    .filter((path) => existsSync(join(repositoryRoot, path)))
    .map((path) => ({
      path,
      text: binary.test(path) ? '' : readFileSync(join(repositoryRoot, path), 'utf8'),
    }))
}
