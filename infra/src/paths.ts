import { join } from 'node:path'

/** The checkout. */
export const repositoryRoot = join(import.meta.dirname, '..', '..')

/** Everything a run leaves behind: databases, logs, records of what is running. Git ignores it. */
export const stateFolder = join(repositoryRoot, '.droplock')
