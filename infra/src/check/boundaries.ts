import { repositoryRoot } from '../paths.ts'
import { cruise } from './cruise.ts'

/**
 * Without a compiler it can use, the cruiser follows nothing and is content. The floor is far below what there is, and
 * far above nothing.
 */
const modulesMin = 60

const { modules, violations } = await cruise(repositoryRoot)
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`)
if (modules < modulesMin) console.error(`only ${modules} modules were seen; at least ${modulesMin} are there`)
console.log(`${modules} modules, ${violations.length} violations`)
process.exitCode = violations.length === 0 && modules >= modulesMin ? 0 : 1
