import type { RegistryProfileId } from '@droplock/rules/registries'
import type { NameTruth } from '../../../../registry-sim/src/registry/truth.ts'
import type { SimulatorProcess } from './simulator.ts'

/** The registry's truth about every name. */
export async function readTruth(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<ReadonlyMap<string, NameTruth>> {
  const lines = (await simulator.get(profile, 'truth')).trim().split('\n')
  return new Map(
    lines.map((line) => {
      const truth = JSON.parse(line) as NameTruth
      return [truth.name, truth]
    }),
  )
}
