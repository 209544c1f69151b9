import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'

const folder = join(repositoryRoot, 'loadtests', 'scenarios')

/** The script of a scenario. Throws, naming those there are, when there is none of that name. */
export function scenarioPath(name: string | undefined): string {
  const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
  const path = join(folder, `${name}.ts`)
  if (name === undefined || !/^[\w-]+$/.test(name) || !existsSync(path)) {
    throw new Error(`usage: npm run loadtest -- NAME, one of: ${names.join(', ')}`)
  }
  return path
}
