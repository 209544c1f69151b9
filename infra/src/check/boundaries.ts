import { repositoryRoot } from '../paths.ts'
import { cruise } from './cruise.ts'

/**
 * Without a compiler that it can use, dependency-cruiser follows no import and reports nothing. This number is far below the number of
 * modules, and far above 0.
 */
const MODULES_MIN = 60

const { modules, violations } = await cruise(repositoryRoot)
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`)
if (modules < MODULES_MIN)
  console.error(`only ${modules} modules were found; there are at least ${MODULES_MIN}`)
console.log(`${modules} modules, ${violations.length} violations`)
process.exitCode = violations.length === 0 && modules >= MODULES_MIN ? 0 : 1
