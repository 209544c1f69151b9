import { findDeadCitations } from './find-dead-citations.ts'
import { repositoryFiles } from './repository-files.ts'

const dead = findDeadCitations(repositoryFiles())
for (const line of dead) console.error(line)
process.exitCode = dead.length === 0 ? 0 : 1
