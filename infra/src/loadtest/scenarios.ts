import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { prepareBurst } from './burst/prepare.ts'
import { prepareClaims } from './claims.ts'
import type { Prepare } from './world.ts'

/** Each scenario, and what has to be there before its script runs. */
const scenarios = { claims: prepareClaims, 'drop-burst': prepareBurst } as const

export type ScenarioName = keyof typeof scenarios

export const scenarioNames = Object.keys(scenarios).filter(isScenario)

function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name)
}

export function scenarioPath(name: ScenarioName): string {
  return join(repositoryRoot, 'loadtests', 'scenarios', `${name}.ts`)
}

export function preparationOf(name: ScenarioName): Prepare {
  return scenarios[name]
}
